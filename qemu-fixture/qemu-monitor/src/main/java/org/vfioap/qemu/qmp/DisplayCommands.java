package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.display.VncServers;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** Remote displays, where there are some. Source: monitor/qmp-cmds.c and ui/vnc.c of QEMU 7.2. */
final class DisplayCommands implements CommandGroup {
  private final Guest guest;

  DisplayCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return guest.displays().isPresent()
        ? run(guest.displays().get(), command, arguments)
        : Optional.empty();
  }

  private static Optional<JsonValue> run(VncServers servers, String command, JsonObject arguments)
      throws QemuError {
    switch (command) {
      case "query-vnc" -> {
        return Optional.of(servers.summary());
      }
      case "query-vnc-servers" -> {
        return Optional.of(servers.described());
      }
      case "change-vnc-password" -> servers.setPassword(Optional.empty());
      case "set_password", "expire_password" -> {
        boolean plain = arguments.text("connected").orElse("keep").equals("keep");
        if (!arguments.text("protocol").equals(Optional.of("vnc")) || !plain) {
          return Optional.empty();
        }
        if (command.equals("set_password")) {
          servers.setPassword(arguments.text("display"));
        } else {
          servers.expirePassword(arguments.text("display"));
        }
      }
      default -> {
        return Optional.empty();
      }
    }
    return DONE;
  }
}
