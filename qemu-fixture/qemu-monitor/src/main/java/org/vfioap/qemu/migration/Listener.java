package org.vfioap.qemu.migration;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.SocketFile;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/** Where a stream comes in. Source: migration/socket.c, exec.c and fd.c of QEMU 7.2. */
final class Listener implements Closeable {
  private final Optional<ServerSocketChannel> socket;
  private final Optional<JsonObject> address;
  private final Opener opener;

  private Listener(
      Optional<ServerSocketChannel> socket, Optional<JsonObject> address, Opener opener) {
    this.socket = socket;
    this.address = address;
    this.opener = opener;
  }

  /**
   * Opens {@code text}.
   *
   * @param named gives away the descriptor that getfd named so; without a monitor there is none
   */
  static Listener open(String text, Optional<Named> named) throws QemuError {
    MigrationUri uri = MigrationUri.parse(text);
    uri.check();
    return switch (uri.kind()) {
      case UNIX -> unix(uri.rest());
      case TCP -> tcp(uri);
      case EXEC -> other(() -> Connector.command(uri.rest()));
      case FD -> descriptor(uri.rest(), named);
      case VSOCK -> throw QemuError.generic("Failed to bind socket: " + Errno.EADDRNOTAVAIL.text());
      default -> throw QemuError.generic("unknown migration protocol: " + text);
    };
  }

  private static Listener other(Opener opener) {
    return new Listener(Optional.empty(), Optional.empty(), opener);
  }

  private static Listener unix(String path) throws QemuError {
    try {
      ServerSocketChannel channel = SocketFile.listen(path, 1);
      JsonObject address = JsonObject.of("path", path).with("type", "unix");
      return socket(channel, address);
    } catch (IOException refused) {
      throw QemuError.generic(String.valueOf(refused.getMessage()));
    }
  }

  private static Listener tcp(MigrationUri uri) throws QemuError {
    InetSocketAddress wanted = Connector.resolve(uri);
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      channel.bind(wanted, 1);
      InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
      JsonObject address =
          JsonObject.of("host", uri.host())
              .with("port", Integer.toString(bound.getPort()))
              .with("type", "inet");
      return socket(channel, address.with(uri.host().contains(":") ? "ipv6" : "ipv4", true));
    } catch (BindException taken) {
      boolean foreign = Errno.of(taken) == Errno.EADDRNOTAVAIL;
      throw QemuError.generic(
          foreign
              ? "Failed to bind socket: " + Errno.EADDRNOTAVAIL.text()
              : "Failed to find an available port: " + Errno.EADDRINUSE.text());
    } catch (IOException refused) {
      throw QemuError.generic("Failed to bind socket: " + refused.getMessage());
    }
  }

  private static Listener socket(ServerSocketChannel channel, JsonObject address) {
    return new Listener(
        Optional.of(channel), Optional.of(address), () -> Connector.of(channel.accept()));
  }

  private static Listener descriptor(String text, Optional<Named> named) throws QemuError {
    boolean name = text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9';
    if (name && named.isPresent()) {
      int number = named.get().take(text);
      return other(() -> Connector.descriptor(number));
    }
    if (!text.matches("\\d+")) {
      throw QemuError.generic("Invalid file descriptor number '" + text + "'");
    }
    if (!Files.exists(Path.of("/proc/self/fd/" + text), LinkOption.NOFOLLOW_LINKS)) {
      return other(Listener::never);
    }
    return other(() -> Connector.descriptor(Integer.parseInt(text)));
  }

  /** A descriptor that is not open is polled for ever. */
  private static MigrationChannel never() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("nothing comes from a descriptor that is not open");
  }

  /** Returns the address that {@code query-migrate} shows while nobody has connected. */
  Optional<JsonObject> address() {
    return address;
  }

  /** Waits for the stream. */
  MigrationChannel accept() throws IOException, QemuError {
    return opener.open();
  }

  /** Says whether the end of a stream that never began is noticed; that of a command is not. */
  boolean tellsEnd() {
    return socket.isPresent();
  }

  @Override
  public void close() throws IOException {
    if (socket.isPresent()) {
      socket.get().close();
    }
  }

  /** Gives away descriptors by name. */
  interface Named {
    int take(String name) throws QemuError;
  }

  /** Gets the stream, blocking. */
  private interface Opener {
    MigrationChannel open() throws IOException, QemuError;
  }
}
