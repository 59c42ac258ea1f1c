package org.vfioap.qemu.hmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.display.VncServers;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Passwords of remote displays, where there are some. Source: hmp_set_password, hmp_change in
 * monitor/hmp-cmds.c and vnc_display_password in ui/vnc.c of QEMU 7.2.
 */
final class DisplayLines {
  private static final String ADVICE =
      "If you want use passwords please enable password auth using '-vnc ${dpy},password'.\n";

  private DisplayLines() {}

  /** Runs a command and returns what it prints; empty if it is none of these. */
  static Optional<String> run(Guest guest, String command, Map<String, String> arguments) {
    Optional<VncServers> servers = guest.displays();
    if (servers.isEmpty()) {
      return Optional.empty();
    }
    String target = arguments.getOrDefault("target", "");
    boolean password = target.equals("password") || target.equals("passwd");
    return switch (command) {
      case "change" ->
          arguments.getOrDefault("device", "").equals("vnc")
                  && password
                  && arguments.containsKey("arg")
              ? Optional.of(set(servers.get(), Optional.empty()))
              : Optional.empty();
      case "set_password", "expire_password" ->
          arguments.getOrDefault("protocol", "").equals("vnc")
                  && arguments.getOrDefault("connected", "keep").equals("keep")
              ? Optional.of(word(servers.get(), command, arguments))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String word(VncServers servers, String command, Map<String, String> arguments) {
    Optional<String> display = Optional.ofNullable(arguments.get("display"));
    if (command.equals("set_password")) {
      return set(servers, display);
    }
    try {
      servers.expirePassword(display);
      return "";
    } catch (QemuError refused) {
      return "Error: " + refused.text() + "\n";
    }
  }

  private static String set(VncServers servers, Optional<String> display) {
    try {
      servers.setPassword(display);
      return "";
    } catch (QemuError refused) {
      return (servers.has(display) ? ADVICE : "") + "Error: " + refused.text() + "\n";
    }
  }
}
