package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vfioap.qemu.block.Disks;
import org.vfioap.qemu.block.Drive;
import org.vfioap.qemu.block.DriveOptions;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The command line's disks. Source: softmmu/vl.c (configure_blockdev) and blockdev.c of QEMU 7.2,
 * and measured.
 */
final class DiskOptions {
  private static final String VIRTIO = "virtio";

  /** Options that are a drive's file, and the places of those that are the machine's disks. */
  private static final Map<String, Long> FILES =
      Map.of("hda", 0L, "hdb", 1L, "hdc", 2L, "hdd", 3L, "cdrom", 2L);

  /** Interfaces that the machine has nothing for, and the options that stand for them. */
  private static final Map<String, String> FOREIGN =
      Map.of(
          "fda", "floppy",
          "fdb", "floppy",
          "pflash", "pflash",
          "sd", "sd",
          "mtdblock", "mtd");

  private final CommandLine line;
  private final DriveOptions drives;
  private final Disks disks;
  private final List<String> ofMachine = new ArrayList<>();

  DiskOptions(CommandLine line, Console console, Disks disks) {
    this.line = line;
    this.drives = new DriveOptions(console::print);
    this.disks = disks;
  }

  /** Opens all: first the nodes, then the drives. */
  void open() throws Exit {
    if (line.has("incoming")) {
      disks.inactivate();
    }
    for (CommandLine.Option option : line.all("blockdev")) {
      try {
        disks.nodes().add(node(option.value()));
      } catch (QemuError refused) {
        throw failure(option, refused);
      }
    }
    for (CommandLine.Option option : line.options()) {
      try {
        open(option);
      } catch (QemuError refused) {
        throw failure(option, refused);
      }
    }
  }

  private void open(CommandLine.Option option) throws QemuError {
    String name = option.name();
    if (name.equals("drive")) {
      add(drives.read(OptionString.parse(option.value(), ""), VIRTIO));
    } else if (FILES.containsKey(name)) {
      boolean cdrom = name.equals("cdrom");
      Optional<JsonObject> medium = drives.file(option.value(), Optional.empty(), cdrom);
      medium.ifPresent(members -> members.with("read-only", cdrom));
      add(new Drive("", VIRTIO, OptionalLong.of(FILES.getOrDefault(name, 0L)), medium));
    } else if (FOREIGN.containsKey(name)) {
      drives.file(option.value(), Optional.empty(), false);
    }
  }

  /** The machine makes a device for each disk of its own interface. */
  private void add(Drive drive) throws QemuError {
    String id = disks.add(drive);
    if (drive.type().equals(VIRTIO)) {
      ofMachine.add(id);
    }
  }

  Disks disks() {
    return disks;
  }

  /** Returns the drives for which the machine makes devices. */
  List<String> ofMachine() {
    return ofMachine;
  }

  private Exit failure(CommandLine.Option option, QemuError refused) {
    return line.failure(option.location() + ": " + refused.text() + "\n" + refused.hint());
  }

  /** Refuses drives that no device of the machine has taken. */
  static void checkOrphans(CommandLine line) throws Exit {
    for (CommandLine.Option option : line.options()) {
      OptionString options = OptionString.parse(option.value(), "");
      String bus = FOREIGN.getOrDefault(option.name(), "");
      if (option.name().equals("drive")) {
        bus = options.get("if").orElse(VIRTIO);
      }
      if (!bus.isEmpty() && !bus.equals(VIRTIO) && !bus.equals("none")) {
        String address =
            ",bus=" + options.get("bus").orElse("0") + ",unit=" + options.get("unit").orElse("0");
        throw line.failure(
            option.location() + ": machine type does not support if=" + bus + address + "\n");
      }
    }
  }

  private static JsonObject node(String text) throws QemuError {
    CommandSchema schema = CommandSchema.recorded();
    if (text.startsWith("{")) {
      JsonObject members = OptionPass.json(text);
      schema.check("blockdev-add", members);
      return members;
    }
    JsonObject members = KeyvalParser.parse(text, "driver");
    schema.checkTexts("blockdev-add", members);
    return members;
  }
}
