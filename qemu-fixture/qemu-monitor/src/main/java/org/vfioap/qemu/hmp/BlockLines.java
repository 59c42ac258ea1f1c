package org.vfioap.qemu.hmp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vfioap.qemu.block.BlockMedia;
import org.vfioap.qemu.block.BlockText;
import org.vfioap.qemu.block.Disks;
import org.vfioap.qemu.block.Drive;
import org.vfioap.qemu.block.DriveOptions;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;

/** Disks as people handle them. Source: block/monitor/block-hmp-cmds.c of QEMU 7.2. */
final class BlockLines {
  /** The numbers of the interfaces, in the order of BlockInterfaceType. */
  private static final String TYPES = "none ide scsi floppy pflash mtd sd virtio xen";

  private final Guest guest;
  private final Consumer<String> warnings;

  BlockLines(Guest guest, Consumer<String> warnings) {
    this.guest = guest;
    this.warnings = warnings;
  }

  /** Runs a command and returns what it prints; empty if it is none of these. */
  Optional<String> run(String command, Map<String, String> arguments) throws QemuError {
    return switch (command) {
      case "drive_add" -> Optional.of(add(arguments));
      case "drive_del" -> Optional.of(delete(arguments.getOrDefault("id", "")));
      case "eject", "change" -> change(command, arguments);
      default -> Optional.empty();
    };
  }

  /** Prints what {@code info} says about a topic; empty if it is none of these. */
  Optional<String> print(String topic, Map<String, String> arguments) {
    BlockText text = new BlockText(disks());
    return switch (topic) {
      case "block" ->
          Optional.of(
              text.print(
                  arguments.getOrDefault("device", ""),
                  arguments.containsKey("nodes"),
                  arguments.containsKey("verbose")));
      case "blockstats" -> Optional.of(text.statistics());
      default -> Optional.empty();
    };
  }

  private Disks disks() {
    return guest.board().disks();
  }

  private String add(Map<String, String> arguments) throws QemuError {
    String text = arguments.getOrDefault("opts", "");
    if (arguments.containsKey("node")) {
      return addNode(text);
    }
    try {
      boolean machine = guest.configuration().hasMachine();
      Drive drive =
          new DriveOptions(warnings)
              .read(OptionString.parse(text, ""), machine ? "virtio" : "none");
      String id = disks().add(drive);
      if (drive.type().equals("none")) {
        return "OK\n";
      }
      disks().delete(id);
      int number = java.util.List.of(TYPES.split(" ")).indexOf(drive.type());
      return "Can't hot-add drive to type " + number + "\n";
    } catch (QemuError refused) {
      return told(refused);
    }
  }

  /** What is no drive is refused as recorded. */
  private Optional<String> change(String command, Map<String, String> arguments) throws QemuError {
    String device = arguments.getOrDefault("device", "");
    if (!disks().hasDrive(device)) {
      return Optional.empty();
    }
    JsonObject wanted = JsonObject.of("device", device);
    wanted.with("filename", arguments.getOrDefault("target", ""));
    Optional.ofNullable(arguments.get("arg")).ifPresent(format -> wanted.with("format", format));
    Optional.ofNullable(arguments.get("read-only-mode"))
        .ifPresent(mode -> wanted.with("read-only-mode", mode));
    String name = command.equals("eject") ? command : "blockdev-change-medium";
    new BlockMedia(disks()).run(name, device, false, wanted, guest::tell);
    return Optional.of("");
  }

  private String addNode(String text) {
    try {
      JsonObject members = KeyvalParser.parse(text, "driver");
      QemuError.require(members.text("node-name").isPresent(), "'node-name' needs to be specified");
      CommandSchema.recorded().checkTexts("blockdev-add", members);
      disks().nodes().add(members);
      return "";
    } catch (QemuError refused) {
      return told(refused);
    }
  }

  private String delete(String id) {
    try {
      disks().delete(id);
      return "";
    } catch (QemuError refused) {
      return told(refused);
    }
  }

  private static String told(QemuError refused) {
    return refused.text() + "\n" + refused.hint();
  }
}
