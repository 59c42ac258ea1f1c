package org.vfioap.qemu.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostPath;
import org.vfioap.qemu.host.SocketText;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.wire.UnknownHost;

/**
 * A socket that connects to somebody who listens.
 *
 * <p>Source: chardev/char-socket.c and util/qemu-sockets.c of QEMU 7.2.
 *
 * @param channel the connected socket
 * @param filename the text that {@code query-chardev} shows
 */
record ConnectedSocket(SocketChannel channel, String filename) {

  /**
   * Connects to what {@code socket,…,server=off} describes.
   *
   * @throws QemuError if nobody listens there
   */
  static ConnectedSocket open(OptionString options) throws QemuError {
    if (options.get("wait").isPresent()) {
      throw QemuError.generic("'wait' option is incompatible with socket in client connect mode");
    }
    if (options.get("fd").isPresent()) {
      return InheritedSocket.connected(options.get("fd").get());
    }
    return options.get("path").isPresent()
        ? unix(options.get("path").get())
        : tcp(options.get("host").orElse(""), options.get("port").orElse(""));
  }

  private static ConnectedSocket unix(String path) throws QemuError {
    Sockets.checkLength(path);
    SocketChannel channel = connect(UnixDomainSocketAddress.of(HostPath.of(path)), path);
    return new ConnectedSocket(channel, "unix:");
  }

  private static ConnectedSocket tcp(String host, String port) throws QemuError {
    InetSocketAddress peer = new InetSocketAddress(host, Sockets.port(host, port));
    String name = host + ":" + port;
    if (peer.isUnresolved()) {
      throw QemuError.generic(
          "address resolution failed for " + name + ": " + UnknownHost.reason(host));
    }
    SocketChannel channel = connect(peer, name);
    return new ConnectedSocket(channel, "tcp:" + local(channel) + SocketText.peer(channel));
  }

  private static SocketChannel connect(SocketAddress peer, String name) throws QemuError {
    try {
      return SocketChannel.open(peer);
    } catch (IOException refused) {
      throw QemuError.generic("Failed to connect to '" + name + "': " + Errno.of(refused).text());
    }
  }

  private static String local(SocketChannel channel) throws QemuError {
    try {
      return SocketText.of((InetSocketAddress) channel.getLocalAddress());
    } catch (IOException closed) {
      throw QemuError.generic("Unable to get local socket address: " + closed.getMessage());
    }
  }
}
