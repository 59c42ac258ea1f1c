package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.hmp.HumanMonitor;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** {@code human-monitor-command}: a monitor for people that lives for one line. */
final class HumanCommand implements CommandGroup {
  private final Guest guest;
  private final MonitorList monitors;
  private final MachineCommands commands;

  HumanCommand(Guest guest, MonitorList monitors, MachineCommands commands) {
    this.guest = guest;
    this.monitors = monitors;
    this.commands = commands;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    if (!command.equals("human-monitor-command")) {
      return Optional.empty();
    }
    HumanMonitor monitor = HumanMonitor.of(guest, monitors, commands);
    if (arguments.get("cpu-index").orElse(JsonNumber.of(-1)) instanceof JsonNumber.Signed cpu
        && arguments.has("cpu-index")
        && !monitor.selectCpu(cpu.value())) {
      throw Refusals.expects("cpu-index", "a CPU number");
    }
    String text = monitor.execute(arguments.text("command-line").orElse(""));
    return Optional.of(JsonString.of(text.replace("\n", "\r\n")));
  }
}
