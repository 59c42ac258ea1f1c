package org.vfioap.qemu.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/** Addresses of sockets as QEMU shows them. Source: chardev/char-socket.c of QEMU 7.2. */
public final class SocketText {
  private SocketText() {}

  /** Returns {@code host:port}, with the host as a number. */
  public static String of(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Returns what stands behind the name of a connected socket of the network: its peer. */
  public static String peer(SocketChannel channel) {
    try {
      SocketAddress peer = channel.getRemoteAddress();
      return peer instanceof InetSocketAddress address ? " <-> " + of(address) : "";
    } catch (IOException closed) {
      return "";
    }
  }
}
