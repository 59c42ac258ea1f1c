package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client of the socket of {@code vfioap serve}. */
final class ServeClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final SocketChannel channel;
  private final BufferedReader in;
  private int id;

  ServeClient(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    in =
        new BufferedReader(
            new InputStreamReader(new ChannelInput(channel), StandardCharsets.UTF_8));
  }

  static ObjectNode request(String what) {
    return JSON.createObjectNode().put("do", what);
  }

  void send(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  JsonNode receive() throws IOException {
    return JSON.readTree(in.readLine());
  }

  /** Asks and returns the result. */
  JsonNode ask(ObjectNode request) {
    try {
      send(request.put("id", ++id).toString());
      JsonNode answer = receive();
      if (answer.path("id").asInt() != id) {
        throw new IllegalStateException(answer + " answers " + request);
      }
      if (answer.has("ok")) {
        return answer.get("ok");
      }
      JsonNode error = answer.get("error");
      throw new Door.Refused(error.path("errno").asText(error.path("text").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
