package org.vfioap.qemu.display;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.vfioap.qemu.host.SocketFile;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.scalar.Numbers;

/**
 * Where a VNC server is to listen. Source: vnc_display_get_address in ui/vnc.c and
 * util/qemu-sockets.c of QEMU 7.2, and measured.
 *
 * @param path of a Unix socket; empty for a port
 * @param host empty for every address of the computer
 * @param last the last port that may be tried
 * @param family 4 or 6 for addresses of this kind alone, 0 for both
 */
record VncAddress(
    String path, String host, int port, OptionalInt last, int family, boolean websocket) {
  private static final int FIRST_PORT = 5900;
  private static final int FIRST_WEB_PORT = 5700;
  private static final int HIGHEST_PORT = 65_535;
  private static final int LONGEST_PATH = 107;
  private static final int BACKLOG = 1;

  static VncAddress of(String display, OptionString options) throws QemuError {
    if (display.startsWith("unix:")) {
      String path = display.substring("unix:".length());
      QemuError.require(!path.isEmpty(), "unix socket path cannot be empty");
      return new VncAddress(path, "", 0, OptionalInt.empty(), 0, false);
    }
    int colon = display.lastIndexOf(':');
    QemuError.require(colon >= 0, "no vnc port specified");
    int port = FIRST_PORT + number(display.substring(colon + 1));
    checkRange(port);
    OptionalInt last = OptionalInt.empty();
    if (options.get("to").isPresent()) {
      last = OptionalInt.of(FIRST_PORT + number(options.get("to").get()));
    }
    return new VncAddress("", host(display, colon), port, last, family(options), false);
  }

  private static String host(String display, int colon) {
    String host = display.substring(0, colon);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Source: inet_ai_family_from_address in util/qemu-sockets.c of QEMU 7.2. */
  private static int family(OptionString options) throws QemuError {
    boolean four = options.isOn("ipv4", false);
    boolean six = options.isOn("ipv6", false);
    boolean noFour = options.get("ipv4").isPresent() && !four;
    boolean noSix = options.get("ipv6").isPresent() && !six;
    QemuError.require(!(noFour && noSix), "Cannot disable IPv4 and IPv6 at same time");
    if (four && six) {
      return 0;
    }
    if (six || noFour) {
      return 6;
    }
    return four || noSix ? 4 : 0;
  }

  /** Returns the address for browsers, which the option {@code websocket} asks for. */
  VncAddress forBrowsers(String value) throws QemuError {
    QemuError.require(!value.startsWith("unix:"), "UNIX sockets not supported with websock");
    int web =
        value.equals("on") || value.isEmpty()
            ? FIRST_WEB_PORT + (path.isEmpty() ? port - FIRST_PORT : 0)
            : number(value.substring(value.lastIndexOf(':') + 1));
    String at = value.contains(":") ? value.substring(0, value.lastIndexOf(':')) : host;
    checkRange(web);
    return new VncAddress("", at, web, OptionalInt.empty(), family, true);
  }

  private static int number(String text) throws QemuError {
    if (!text.matches("\\d{1,10}")) {
      throw QemuError.generic("can't convert to a number: " + text);
    }
    return (int) Math.min(Numbers.integer(text).orElse(Integer.MAX_VALUE), 1 << 20);
  }

  private static void checkRange(int port) throws QemuError {
    QemuError.require(port <= HIGHEST_PORT, "port " + (port - FIRST_PORT) + " out of range");
  }

  /** Opens the sockets, each with its channel. */
  List<VncListener> open(List<ServerSocketChannel> channels) throws QemuError {
    return path.isEmpty() ? openPorts(channels) : List.of(openFile(channels));
  }

  private VncListener openFile(List<ServerSocketChannel> channels) throws QemuError {
    if (path.length() > LONGEST_PATH) {
      throw QemuError.generic("UNIX socket path '" + path + "' is too long")
          .withHint("Path must be less than 108 bytes\n");
    }
    try {
      channels.add(SocketFile.listen(path, BACKLOG));
    } catch (IOException refused) {
      throw QemuError.generic(String.valueOf(refused.getMessage()));
    }
    return new VncListener("unix", "", path, false);
  }

  private List<VncListener> openPorts(List<ServerSocketChannel> channels) throws QemuError {
    List<InetAddress> addresses = resolve();
    int end = last.orElse(port);
    QemuError.require(end >= port, "Failed to create a socket");
    for (int each = port; each <= end; each++) {
      List<ServerSocketChannel> opened = new ArrayList<>();
      if (bind(addresses, each, opened)) {
        channels.addAll(opened);
        int bound = each;
        return addresses.stream()
            .map(address -> VncListener.of(address, bound, websocket))
            .toList();
      }
    }
    throw QemuError.generic("Failed to find an available port: Address already in use");
  }

  private List<InetAddress> resolve() throws QemuError {
    List<InetAddress> found = new ArrayList<>();
    try {
      if (host.isEmpty()) {
        found.add(InetAddress.getByName("0.0.0.0"));
        found.add(InetAddress.getByName("::"));
      } else {
        found.addAll(List.of(InetAddress.getAllByName(host)));
      }
    } catch (UnknownHostException unknown) {
      throw unresolved("Name or service not known");
    }
    found.removeIf(each -> family != 0 && each instanceof Inet6Address != (family == 6));
    if (found.isEmpty()) {
      throw unresolved("Address family for hostname not supported");
    }
    return found;
  }

  private QemuError unresolved(String why) {
    return QemuError.generic("address resolution failed for " + host + ":" + port + ": " + why);
  }

  /** Java's socket of all IPv6 addresses takes those of IPv4, too. */
  private static boolean bind(
      List<InetAddress> addresses, int port, List<ServerSocketChannel> opened) {
    boolean all = addresses.stream().allMatch(InetAddress::isAnyLocalAddress);
    List<InetAddress> needed =
        all ? addresses.subList(addresses.size() - 1, addresses.size()) : addresses;
    try {
      for (InetAddress each : needed) {
        ServerSocketChannel channel =
            ServerSocketChannel.open(
                each instanceof Inet6Address
                    ? StandardProtocolFamily.INET6
                    : StandardProtocolFamily.INET);
        opened.add(channel);
        channel.bind(new InetSocketAddress(each, port), BACKLOG);
      }
      return true;
    } catch (IOException taken) {
      VncServers.close(opened);
      return false;
    }
  }
}
