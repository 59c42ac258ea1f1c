package org.vfioap.cli.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connection to a machine's control socket; root may use that of every user. */
final class ControlClient implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader in;

  private ControlClient(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
  }

  /** Connects to the machine of a name in what {@code list --json} printed. */
  static ControlClient of(String list, String name) throws IOException {
    for (JsonNode machine : new ObjectMapper().readTree(list)) {
      if (machine.path("name").asText().equals(name)) {
        return new ControlClient(Path.of(machine.path("control").asText()));
      }
    }
    throw new IOException("no " + name + " in " + list);
  }

  /** Sends a line. */
  ControlClient send(String line) throws IOException {
    channel.write(StandardCharsets.UTF_8.encode(line + "\n"));
    return this;
  }

  /** Returns the next line; null at the end. */
  String line() throws IOException {
    return in.readLine();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
