package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Commands that always fail here, but say why by their arguments; what stays to say was recorded.
 * Source: ui/ui-qmp-cmds.c, ui/console.c, ui/input.c, monitor/fds.c (misc.c), trace/qmp.c and
 * block/export/export.c of QEMU 7.2.
 */
final class RefusedCommands implements CommandGroup {
  private final Guest guest;
  private final MachineCommands machine;

  RefusedCommands(Guest guest, MachineCommands machine) {
    this.guest = guest;
    this.machine = machine;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    // Made only now, since nothing before the greeting needs it.
    Optional<JsonValue> done = new UnbuiltCommands(guest, machine).run(command, arguments);
    if (done.isPresent()) {
      return done;
    }
    switch (command) {
      case "screendump" -> checkConsole(arguments);
      case "input-send-event" -> checkDevice(arguments);
      case "remove-fd" -> throw noDescriptor(arguments);
      case "set_password", "expire_password", "client_migrate_info" -> checkSpice(arguments);
      case "block-export-add" -> checkExport(arguments);
      case "trace-event-get-state" -> {
        checkVcpu(arguments);
        return several(arguments) ? Optional.of(JsonArray.EMPTY) : Optional.empty();
      }
      case "trace-event-set-state" -> {
        checkVcpu(arguments);
        return several(arguments) ? DONE : Optional.empty();
      }
      default -> {}
    }
    return Optional.empty();
  }

  private static void checkConsole(JsonObject arguments) throws QemuError {
    checkDevice(arguments);
    if (arguments.has("head")) {
      throw QemuError.generic("'head' must be specified together with 'device'");
    }
  }

  private static void checkDevice(JsonObject arguments) throws QemuError {
    Optional<String> device = arguments.text("device");
    if (device.isPresent()) {
      throw QemuError.deviceNotFound(device.get());
    }
  }

  private static QemuError noDescriptor(JsonObject arguments) {
    String set = "fdset-id:" + arguments.get("fdset-id").orElseThrow();
    String name = arguments.get("fd").map(fd -> set + ", fd:" + fd).orElse(set);
    return QemuError.generic("File descriptor named '" + name + "' not found");
  }

  private static void checkSpice(JsonObject arguments) throws QemuError {
    if (arguments.text("protocol").equals(Optional.of("spice"))) {
      throw QemuError.of(ErrorClass.DEVICE_NOT_ACTIVE, "SPICE is not in use");
    }
  }

  private static void checkExport(JsonObject arguments) throws QemuError {
    if (Identifiers.isValid(arguments.text("id").orElse(""))) {
      String node = arguments.text("node-name").orElse("");
      throw QemuError.generic("Cannot find device='' nor node-name='" + node + "'");
    }
  }

  /** QEMU prints the number as 32 unsigned bits. */
  private void checkVcpu(JsonObject arguments) throws QemuError {
    if (arguments.get("vcpu").orElse(null) instanceof JsonNumber.Signed number
        && (number.value() < 0 || number.value() >= guest.cpus().present().size())) {
      throw QemuError.generic(
          "invalid vCPU index " + Integer.toUnsignedString((int) number.value()));
    }
  }

  private static boolean several(JsonObject arguments) {
    String name = arguments.text("name").orElse("");
    return name.contains("*") || name.contains("?");
  }
}
