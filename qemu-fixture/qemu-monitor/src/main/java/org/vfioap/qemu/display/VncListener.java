package org.vfioap.qemu.display;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.ServerSocketChannel;
import org.vfioap.qemu.host.SocketFile;
import org.vfioap.qemu.json.JsonObject;

/**
 * A socket that a VNC server listens on.
 *
 * @param family {@code ipv4}, {@code ipv6} or {@code unix}
 * @param host the address as a number; empty for a Unix socket
 * @param service the port, or the path of a Unix socket
 */
record VncListener(String family, String host, String service, boolean websocket) {

  static VncListener of(InetAddress address, int port, boolean websocket) {
    boolean six = address instanceof Inet6Address;
    String host = address.isAnyLocalAddress() ? (six ? "::" : "0.0.0.0") : shortened(address, six);
    return new VncListener(six ? "ipv6" : "ipv4", host, Integer.toString(port), websocket);
  }

  private static String shortened(InetAddress address, boolean six) {
    return six && address.isLoopbackAddress() ? "::1" : address.getHostAddress();
  }

  JsonObject described() {
    return JsonObject.of("family", family).with("service", service).with("host", host);
  }

  String printed() {
    return "  Server: "
        + host
        + ":"
        + service
        + " ("
        + family
        + (websocket ? " (Websocket)" : "")
        + ")\n";
  }

  void removeFile() {
    if (family.equals("unix")) {
      try {
        SocketFile.remove(service);
      } catch (IOException kept) {
        // As with QEMU it then stays, and the next one that listens there replaces it.
      }
    }
  }

  /** Lets every client go at once, until the channel is closed. */
  static void dismissClients(ServerSocketChannel channel) {
    Thread door =
        new Thread(
            () -> {
              while (channel.isOpen()) {
                try {
                  channel.accept().close();
                } catch (IOException closed) {
                  return;
                }
              }
            },
            "vnc");
    door.setDaemon(true);
    door.start();
  }
}
