package org.vfioap.qemu.qmp;

import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qapi.QemuError;

/** All commands: those with state first, then what was recorded. */
public final class QmpCommands implements MachineCommands {
  private final Guest guest;
  private final List<CommandGroup> groups;
  private @org.jspecify.annotations.Nullable CommandSchema schema;

  private QmpCommands(Guest guest, MonitorList monitors) {
    this.guest = guest;
    this.groups =
        List.of(
            new LifecycleCommands(guest),
            new GuestQueries(guest),
            new ObjectCommands(guest),
            new DeviceCommands(guest),
            new CpuCommands(guest),
            new MigrationCommands(guest),
            new DumpCommands(guest),
            new VirtioCommands(guest),
            new InputCommands(guest),
            new DisplayCommands(guest),
            new NetworkCommands(guest),
            new BlockCommands(guest),
            new ChardevCommands(monitors, guest),
            new YankCommands(guest, monitors),
            new MemoryCommands(guest),
            new RefusedCommands(guest, this),
            new HumanCommand(guest, monitors, this),
            new RecordedCommands(guest));
  }

  /** Returns the commands of {@code guest}. */
  public static QmpCommands of(Guest guest, MonitorList monitors) {
    return new QmpCommands(guest, monitors);
  }

  /** Says whether the process is about to end. */
  boolean areOver() {
    return guest.life().hasEnded();
  }

  CommandSchema schema() {
    CommandSchema known = schema;
    if (known == null) {
      known = CommandSchema.recorded();
      schema = known;
    }
    return known;
  }

  /** Takes file descriptors that came with the next message. */
  public void passed(List<Integer> numbers) {
    guest.descriptors().arrived(numbers);
  }

  /**
   * Executes a command whose arguments were checked.
   *
   * @throws QemuError if QEMU refuses
   */
  public JsonValue run(String command, JsonObject arguments) throws QemuError {
    guest.reports().setInCommand(true);
    try {
      return perform(command, arguments);
    } finally {
      guest.reports().setInCommand(false);
    }
  }

  @Override
  public JsonValue perform(String command, JsonObject arguments) throws QemuError {
    for (CommandGroup group : groups) {
      Optional<JsonValue> answer = group.run(command, arguments);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw QemuError.generic("the emulator does not carry out '" + command + "'");
  }
}
