package org.vfioap.qemu.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.vfioap.qemu.host.SocketFile;
import org.vfioap.qemu.host.SocketText;
import org.vfioap.qemu.monitor.Listening;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Opens the sockets that chardevs name. Source: chardev/char-socket.c and util/qemu-sockets.c of
 * 7.2.
 */
final class Sockets {
  private static final int LONGEST_PATH = 107;
  private static final int PORTS = 1 << 16;

  private Sockets() {}

  /** Tells whether {@code socket,…} waits for others instead of connecting to one. */
  static boolean listens(OptionString options) {
    return options.isOn("server", false);
  }

  /** Opens what {@code socket,…} describes, if it listens. */
  static Listening open(OptionString options) throws QemuError {
    if (!options.get("reconnect").orElse("0").equals("0")) {
      throw QemuError.generic(
          "'reconnect' option is incompatible with socket in server listen mode");
    }
    if (options.get("fd").isPresent()) {
      return InheritedSocket.listening(options.get("fd").get());
    }
    if (options.get("path").isPresent()) {
      return unix(options.get("path").get());
    }
    if (options.get("port").isPresent()) {
      String kind = options.isOn("telnet", false) ? "telnet:" : "tcp:";
      return tcp(kind, options.get("host").orElse(""), options.get("port").get());
    }
    throw QemuError.generic("Unable to parse FD number ");
  }

  private static Listening unix(String path) throws QemuError {
    checkLength(path);
    try {
      ServerSocketChannel channel = SocketFile.listen(path, 0);
      return new Listening(channel, "unix:" + path + ",server=on", false);
    } catch (IOException refused) {
      throw QemuError.generic(String.valueOf(refused.getMessage()));
    }
  }

  static void checkLength(String path) throws QemuError {
    if (path.length() > LONGEST_PATH) {
      throw QemuError.generic("UNIX socket path '" + path + "' is too long")
          .withHint("Path must be less than 108 bytes\n");
    }
  }

  /** Returns the number of a port; getaddrinfo(3) takes them modulo 65536. */
  static int port(String host, String port) throws QemuError {
    if (!port.matches("\\d{1,18}")) {
      throw QemuError.generic(
          "address resolution failed for "
              + host
              + ":"
              + port
              + ": Servname not supported for ai_socktype");
    }
    return (int) (Long.parseLong(port) % PORTS);
  }

  private static Listening tcp(String kind, String host, String port) throws QemuError {
    int number = port(host, port);
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      String name = host.isEmpty() ? "0.0.0.0" : host;
      channel.bind(new InetSocketAddress(name, number));
      String bound = SocketText.of((InetSocketAddress) channel.getLocalAddress());
      return new Listening(channel, kind + bound + ",server=on", false);
    } catch (IOException | IllegalArgumentException refused) {
      throw QemuError.generic("Failed to find an available port: Address already in use");
    }
  }
}
