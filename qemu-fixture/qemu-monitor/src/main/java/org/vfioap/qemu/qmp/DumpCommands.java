package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.dump.MemoryFile;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** Core files and other copies of the guest's memory. */
final class DumpCommands implements CommandGroup {
  private final Guest guest;

  DumpCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return switch (command) {
      case "query-dump" -> Optional.of(guest.dump().toJson());
      case "dump-guest-memory" -> {
        JsonObject data = guest.dump().write(arguments, guest.descriptors());
        boolean detached = arguments.get("detach").equals(Optional.of(JsonBool.TRUE));
        guest.tell("DUMP_COMPLETED", data, detached);
        Optional<String> failure = data.text("error");
        QemuError.require(detached || failure.isEmpty(), failure.orElse(""));
        yield DONE;
      }
      case "memsave" -> {
        checkCpu(arguments);
        save(arguments, guest.configuration().memory());
        yield DONE;
      }
      case "pmemsave" -> {
        save(arguments, MemoryFile.EVERYTHING);
        yield DONE;
      }
      default -> Optional.empty();
    };
  }

  private void checkCpu(JsonObject arguments) throws QemuError {
    long index = arguments.has("cpu-index") ? number(arguments, "cpu-index") : 0;
    if (guest.cpus().present().stream().noneMatch(cpu -> cpu.core() == index)) {
      throw Refusals.expects("cpu-index", "a CPU number");
    }
  }

  private static void save(JsonObject arguments, long end) throws QemuError {
    String filename = arguments.text("filename").orElse("");
    MemoryFile.save(filename, number(arguments, "val"), number(arguments, "size"), end);
  }

  private static long number(JsonObject arguments, String name) {
    return arguments.get(name).orElse(arguments) instanceof JsonNumber.Signed number
        ? number.value()
        : 0;
  }
}
