package org.vfioap.cli.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * A Unix socket for this user; each connection is a client of its own, whose machines end with it.
 */
final class SocketServer implements AutoCloseable {
  private final Path path;
  private final ServerSocketChannel server;
  private final String version;
  private final Consumer<String> complain;

  private SocketServer(
      Path path, ServerSocketChannel server, String version, Consumer<String> complain) {
    this.path = path;
    this.server = server;
    this.version = version;
    this.complain = complain;
  }

  /**
   * Creates the socket; a socket that a server left which is no more is replaced.
   *
   * @param complain is told of clients that break off
   * @throws IOException if the path is taken, or cannot be a socket
   */
  static SocketServer bind(Path path, String version, Consumer<String> complain)
      throws IOException {
    removeStale(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return new SocketServer(path, server, version, complain);
    } catch (IOException | IllegalArgumentException refused) {
      server.close();
      throw new IOException(path + ": " + reason(refused), refused);
    }
  }

  private static String reason(Exception refused) {
    if (refused instanceof BindException && "Address already in use".equals(refused.getMessage())) {
      return "the file exists and is no socket; remove it or choose another path";
    }
    return String.valueOf(refused.getMessage());
  }

  private static void removeStale(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException notServed) {
      if (isSocket(path)) {
        Files.deleteIfExists(path);
      }
      return;
    }
    throw new IOException(path + ": another program listens there; choose another path");
  }

  /** Java has no name for a socket: it is other than a file, a folder and a link. */
  private static boolean isSocket(Path path) throws IOException {
    return Files.exists(path)
        && (((int) Files.getAttribute(path, "unix:mode")) & 0170000) == 0140000;
  }

  /** Takes clients until it is closed. */
  void run() throws IOException {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread thread = new Thread(() -> serve(client), "client");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (AsynchronousCloseException closed) {
      // As told.
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        BufferedReader in = reader(client)) {
      Session.serve(in, line -> send(client, line), version);
    } catch (IOException | UncheckedIOException gone) {
      complain.accept("a client broke off: " + gone.getMessage());
    }
  }

  /**
   * Not {@link java.nio.channels.Channels#newReader}: while it waits for a request nobody could
   * answer another one.
   */
  private static BufferedReader reader(SocketChannel client) {
    return new BufferedReader(
        new InputStreamReader(new ChannelInput(client), StandardCharsets.UTF_8));
  }

  private static void send(SocketChannel client, String line) {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
