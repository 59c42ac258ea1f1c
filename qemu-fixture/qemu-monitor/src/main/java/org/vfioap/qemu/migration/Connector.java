package org.vfioap.qemu.migration;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.vfioap.qemu.descriptor.Descriptors;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostPath;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.wire.UnknownHost;

/** Opens the way to the other side. Source: migration/socket.c and migration/exec.c of QEMU 7.2. */
final class Connector {
  private static final int LONGEST_PATH = 107;
  private static final int PORTS = 1 << 16;

  private Connector() {}

  /**
   * Connects, blocking.
   *
   * @throws QemuError if nobody is there
   */
  static MigrationChannel connect(MigrationUri uri) throws QemuError {
    return switch (uri.kind()) {
      case UNIX -> unix(uri.rest());
      case TCP -> tcp(uri);
      case EXEC -> command(uri.rest());
      default -> throw QemuError.generic("Failed to connect to '" + uri.rest() + "'");
    };
  }

  private static MigrationChannel unix(String path) throws QemuError {
    if (path.length() > LONGEST_PATH) {
      throw QemuError.generic("UNIX socket path '" + path + "' is too long")
          .withHint("Path must be less than 108 bytes\n");
    }
    try {
      return socket(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(HostPath.of(path)));
    } catch (IOException refused) {
      throw QemuError.generic("Failed to connect to '" + path + "': " + Errno.of(refused).text());
    }
  }

  private static MigrationChannel tcp(MigrationUri uri) throws QemuError {
    InetSocketAddress address = resolve(uri);
    StandardProtocolFamily family =
        address.getAddress().getAddress().length == 4
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    try {
      return socket(family, address);
    } catch (IOException refused) {
      throw QemuError.generic(
          "Failed to connect to '"
              + uri.host()
              + ":"
              + uri.port()
              + "': "
              + Errno.of(refused).text());
    }
  }

  /** Returns the address that a TCP URI names. */
  static InetSocketAddress resolve(MigrationUri uri) throws QemuError {
    if (!uri.port().matches("\\d+")) {
      throw unresolved(uri, "Servname not supported for ai_socktype");
    }
    int port = (int) (Long.parseLong(uri.port()) % PORTS);
    InetSocketAddress address =
        uri.host().isEmpty()
            ? new InetSocketAddress(port)
            : new InetSocketAddress(uri.host(), port);
    if (address.isUnresolved()) {
      throw unresolved(uri, UnknownHost.reason(uri.host()));
    }
    return address;
  }

  private static QemuError unresolved(MigrationUri uri, String why) {
    return QemuError.generic(
        "address resolution failed for " + uri.host() + ":" + uri.port() + ": " + why);
  }

  private static MigrationChannel socket(StandardProtocolFamily family, SocketAddress address)
      throws IOException {
    SocketChannel channel = SocketChannel.open(family);
    try {
      channel.connect(address);
    } catch (IOException refused) {
      channel.close();
      throw refused;
    }
    return of(channel);
  }

  /** Returns the way over a connected socket. */
  static MigrationChannel of(SocketChannel channel) {
    InputStream in = Channels.newInputStream(channel);
    OutputStream out = Channels.newOutputStream(channel);
    return new MigrationChannel(in, out, "socket", () -> end(channel));
  }

  /**
   * A thread that reads keeps a closed socket for a moment; the other side is to notice at once.
   */
  private static void end(SocketChannel channel) throws IOException {
    try (channel) {
      channel.shutdownInput();
      channel.shutdownOutput();
    } catch (IOException otherSideIsGone) {
      channel.close();
    }
  }

  /** Uses a descriptor that another process opened. */
  static MigrationChannel descriptor(int number) throws QemuError {
    try {
      FileDescriptor descriptor = Descriptors.of(number);
      FileOutputStream out = new FileOutputStream(descriptor);
      String noun = Descriptors.isSocket(number) ? "socket" : "file";
      return new MigrationChannel(new FileInputStream(descriptor), out, noun, out);
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      throw QemuError.generic("Unable to dup fd " + number + ": " + Errno.EBADF.text());
    }
  }

  /** Runs a command with the stream on its standard input and output. */
  static MigrationChannel command(String command) throws QemuError {
    try {
      ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
      Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new MigrationChannel(
          process.getInputStream(), process.getOutputStream(), "command", () -> end(process));
    } catch (IOException unstartable) {
      throw QemuError.generic("Failed to execute child process: " + unstartable.getMessage());
    }
  }

  private static void end(Process process) throws IOException {
    try {
      process.getOutputStream().close();
    } catch (IOException endedEarlier) {
      process.destroy();
    }
    try {
      process.waitFor();
    } catch (InterruptedException stopped) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
