package org.vfioap.qemu.hmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Commands that do what a command of QMP does, with arguments for people. Source:
 * monitor/hmp-cmds.c, migration/dirtyrate.c and dump/dump-hmp-cmds.c of QEMU 7.2.
 */
final class SharedCommands {
  private static final Map<String, String> DUMP_FORMATS =
      Map.of(
          "zlib", "kdump-zlib",
          "lzo", "kdump-lzo",
          "snappy", "kdump-snappy",
          "windmp", "win-dmp");

  /** Which command of QMP does what is asked of a disk. */
  private static final Map<String, String> ON_DISKS =
      Map.of(
          "block_resize", "block_resize",
          "block_set_io_throttle", "block_set_io_throttle",
          "drive_mirror", "drive-mirror",
          "drive_backup", "drive-backup",
          "block_stream", "block-stream",
          "snapshot_blkdev", "blockdev-snapshot-sync",
          "snapshot_blkdev_internal", "blockdev-snapshot-internal-sync",
          "snapshot_delete_blkdev_internal", "blockdev-snapshot-delete-internal-sync");

  private final MachineCommands machine;

  SharedCommands(MachineCommands machine) {
    this.machine = machine;
  }

  /** Runs a command and returns what it prints; empty if it is none of these. */
  Optional<String> run(String command, int cpu, Map<String, String> arguments) throws QemuError {
    switch (command) {
      case "dump-guest-memory" -> dump(arguments);
      case "memsave" -> machine.perform(command, numbers(arguments).with("cpu-index", cpu));
      case "pmemsave" -> machine.perform(command, numbers(arguments));
      case "screendump" -> screenDump(arguments);
      case "client_migrate_info" -> {
        JsonObject wanted = JsonObject.empty();
        arguments.forEach((name, text) -> wanted.with(name, JsonString.of(text)));
        machine.perform(command, wanted);
      }
      case "calc_dirty_rate" -> {
        return Optional.of(measureDirtyRate(arguments));
      }
      default -> {
        return onDisk(command, arguments);
      }
    }
    return Optional.of("");
  }

  private Optional<String> onDisk(String command, Map<String, String> arguments) throws QemuError {
    String qmp = ON_DISKS.get(command);
    if (qmp == null || (command.equals("snapshot_blkdev") && arguments.size() < 2)) {
      return Optional.empty();
    }
    JsonObject wanted = JsonObject.empty();
    arguments.forEach(
        (name, text) -> {
          boolean number = name.equals("size") || name.matches("(bps|iops)(_rd|_wr)?");
          wanted.with(name, number ? JsonNumber.of(Long.parseLong(text)) : JsonString.of(text));
        });
    machine.perform(qmp, wanted);
    return Optional.of("");
  }

  private static JsonObject numbers(Map<String, String> arguments) {
    return JsonObject.of("filename", arguments.getOrDefault("filename", ""))
        .with("val", Long.parseLong(arguments.getOrDefault("val", "0")))
        .with("size", Long.parseLong(arguments.getOrDefault("size", "0")));
  }

  private void dump(Map<String, String> arguments) throws QemuError {
    JsonObject wanted = JsonObject.of("protocol", "file:" + arguments.getOrDefault("filename", ""));
    wanted.with("paging", arguments.containsKey("paging"));
    wanted.with("detach", arguments.containsKey("detach"));
    for (Map.Entry<String, String> format : DUMP_FORMATS.entrySet()) {
      if (arguments.containsKey(format.getKey())) {
        if (wanted.has("format")) {
          throw QemuError.generic("only one of '-z|-l|-s|-w' can be set");
        }
        wanted.with("format", format.getValue());
      }
    }
    for (String number : new String[] {"begin", "length"}) {
      if (arguments.containsKey(number)) {
        wanted.with(number, Long.parseLong(arguments.getOrDefault(number, "0")));
      }
    }
    machine.perform("dump-guest-memory", wanted);
  }

  private void screenDump(Map<String, String> arguments) throws QemuError {
    String format = arguments.getOrDefault("format", "ppm");
    if (!CommandSchema.recorded().words("ppm").contains(format)) {
      throw QemuError.generic("invalid parameter value: " + format);
    }
    Optional<String> device = Optional.ofNullable(arguments.get("device"));
    if (device.isPresent()) {
      throw QemuError.generic("Device '" + device.get() + "' not found");
    }
    machine.perform("screendump", JsonObject.empty());
  }

  private String measureDirtyRate(Map<String, String> arguments) throws QemuError {
    boolean ring = arguments.containsKey("dirty_ring");
    boolean bitmap = arguments.containsKey("dirty_bitmap");
    long seconds = Long.parseLong(arguments.getOrDefault("second", "0"));
    if (seconds == 0) {
      return "Incorrect period length specified!\n";
    }
    if (ring && bitmap) {
      return "Either dirty ring or dirty bitmap can be specified!\n";
    }
    JsonObject wanted = JsonObject.empty().with("calc-time", seconds);
    wanted.with("mode", ring ? "dirty-ring" : bitmap ? "dirty-bitmap" : "page-sampling");
    String pages = arguments.get("sample_pages_per_GB");
    if (pages != null) {
      wanted.with("sample-pages", Long.parseLong(pages));
    }
    machine.perform("calc-dirty-rate", wanted);
    return "Starting dirty rate measurement with period "
        + seconds
        + " seconds\n[Please use 'info dirty_rate' to check results]\n";
  }
}
