package org.vfioap.qemu.guest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.wire.UnknownHost;

/**
 * What objects say that connect to another process, which is never there. Source:
 * scsi/pr-manager-helper.c, ui/input-barrier.c, backends/dbus-vmstate.c and util/qemu-sockets.c of
 * QEMU 7.2, and measured with GLib 2.74.
 */
final class PeerRules {
  private static final int LONGEST_PATH = 107;

  private PeerRules() {}

  static void check(String type, JsonObject members) throws QemuError {
    switch (type) {
      case "pr-manager-helper" -> throw helper(members.text("path").orElse(""));
      case "input-barrier" ->
          throw barrier(
              members.text("server").orElse("localhost"), members.text("port").orElse("24800"));
      case "dbus-vmstate" ->
          throw QemuError.generic(
              "failed to connect to DBus: '" + bus(members.text("addr").orElse("")) + "'");
      default -> {}
    }
  }

  private static QemuError helper(String path) {
    if (path.length() > LONGEST_PATH) {
      return QemuError.generic("UNIX socket path '" + path + "' is too long")
          .withHint("Path must be less than 108 bytes\n");
    }
    return QemuError.generic("Failed to connect to '" + path + "': " + reason(path));
  }

  private static String reason(String path) {
    Errno why = path.isEmpty() ? Errno.ECONNREFUSED : HostFiles.unconnected(path);
    return why.text();
  }

  private static QemuError barrier(String server, String port) {
    String address = server + ":" + port;
    if (!port.matches("\\d+")) {
      return unresolved(address, "Servname not supported for ai_socktype");
    }
    try {
      InetAddress.getByName(server);
    } catch (UnknownHostException nowhere) {
      return unresolved(address, UnknownHost.reason(server));
    }
    return QemuError.generic(
        "Failed to connect to '" + address + "': " + Errno.ECONNREFUSED.text());
  }

  private static QemuError unresolved(String address, String why) {
    return QemuError.generic("address resolution failed for " + address + ": " + why);
  }

  /** GLib's complaints about an address {@code transport:key=value,…}. */
  private static String bus(String address) {
    int colon = address.indexOf(':');
    if (colon < 0) {
      return "Address element \u201c" + address + "\u201d does not contain a colon (:)";
    }
    String keys = address.substring(colon + 1);
    if (!keys.isEmpty() && keys.indexOf('=') < 0) {
      return "Key/Value pair 0, \u201c%s\u201d, in address element \u201c%s\u201d does not contain an equal sign"
          .formatted(keys, address);
    }
    String transport = address.substring(0, colon);
    if (!transport.equals("unix")) {
      return "Unknown or unsupported transport \u201c%s\u201d for address \u201c%s\u201d"
          .formatted(transport, address);
    }
    if (!keys.startsWith("path=")) {
      return ("Error in address \u201c%s\u201d \u2014 the unix transport requires exactly one of"
              + " the keys \u201cpath\u201d or \u201cabstract\u201d to be set")
          .formatted(address);
    }
    return "Could not connect: " + reason(keys.substring("path=".length()));
  }
}
