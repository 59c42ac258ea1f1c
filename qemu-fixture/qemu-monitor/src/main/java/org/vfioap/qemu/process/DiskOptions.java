package org.vfioap.qemu.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.block.BlockNodes;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.options.OptionList;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * What the command line's disks refuse; nothing is read but their first bytes. Source: blockdev.c
 * (drive_new, blockdev_init), block.c and softmmu/vl.c (configure_blockdev) of QEMU 7.2, and
 * measured.
 */
final class DiskOptions {
  private static final List<String> FILES =
      List.of("hda", "hdb", "hdc", "hdd", "cdrom", "fda", "fdb", "pflash", "sd", "mtdblock");
  private static final Set<String> BUSES =
      Set.of("none", "ide", "scsi", "floppy", "pflash", "mtd", "sd", "virtio", "xen");
  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "cache", Set.of("none", "off", "directsync", "writeback", "unsafe", "writethrough"),
          "aio", Set.of("threads", "native", "io_uring"));
  private static final Set<String> ACTIONS = Set.of("ignore", "enospc", "stop", "report");
  private static final Set<String> NUMBERS = Set.of("bus", "unit", "index");
  private static final Set<String> FORMATS = Set.of("raw", "qcow2", "null-co", "null-aio", "file");

  /** What a drive may say that is no option of its format. */
  private static final Set<String> COMMON =
      Set.of(
          "if",
          "bus",
          "unit",
          "index",
          "media",
          "file",
          "format",
          "driver",
          "cache",
          "aio",
          "werror",
          "rerror",
          "readonly",
          "read-only",
          "snapshot",
          "discard",
          "detect-zeroes",
          "copy-on-read",
          "serial",
          "node-name");

  private static final Set<String> OF_NODES = Set.of("discard", "node-name");

  /** Interfaces that the machine has nothing for, and the options that stand for them. */
  private static final Map<String, String> FOREIGN =
      Map.of(
          "fda", "floppy",
          "fdb", "floppy",
          "pflash", "pflash",
          "sd", "sd",
          "mtdblock", "mtd");

  private static final byte[] QCOW = {'Q', 'F', 'I', (byte) 0xFB};

  private final CommandLine line;
  private final Console console;

  DiskOptions(CommandLine line, Console console) {
    this.line = line;
    this.console = console;
  }

  /** Checks all: first the nodes, then the drives. */
  void check() throws Exit {
    BlockNodes nodes = new BlockNodes();
    for (CommandLine.Option option : line.all("blockdev")) {
      try {
        JsonObject node = node(option.value());
        nodes.checkOption(node);
        if (node.get("file").orElse(null) instanceof JsonObject below) {
          file(below.text("filename").orElse("/"), node.text("driver"), true);
        }
      } catch (QemuError refused) {
        throw failure(option, refused);
      }
    }
    for (CommandLine.Option option : line.options()) {
      try {
        if (option.name().equals("drive")) {
          drive(OptionString.parse(option.value(), ""));
        } else if (FILES.contains(option.name())) {
          file(option.value(), Optional.empty(), option.name().equals("cdrom"));
        }
      } catch (QemuError refused) {
        throw failure(option, refused);
      }
    }
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
        bus = options.get("if").orElse("virtio");
      }
      if (!bus.isEmpty() && !bus.equals("virtio") && !bus.equals("none")) {
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

  private void drive(OptionString options) throws QemuError {
    for (String name : NUMBERS) {
      boolean number = options.get(name).orElse("0").matches("\\d+");
      QemuError.require(number, "Parameter '" + name + "' expects a number");
    }
    choices(options);
    String bus = options.get("if").orElse("virtio");
    QemuError.require(BUSES.contains(bus), "unsupported bus type '" + bus + "'");
    Optional<String> readOnly = options.get("readonly");
    if (!OptionList.isSwitch(readOnly.orElse("on"))) {
      throw Refusals.expects("read-only", "'on' or 'off'");
    }
    Optional<String> file = options.get("file").filter(name -> !name.isEmpty());
    Optional<String> format = options.get("format");
    if (file.isPresent()) {
      file(file.get(), format, options.get("media").orElse("").equals("cdrom"));
    }
    boolean other = options.wantsHelp();
    for (String key : options.values().keySet()) {
      other |= !COMMON.contains(key) || OF_NODES.contains(key);
    }
    String foreign =
        options.values().keySet().stream()
            .filter(key -> !COMMON.contains(key) && key.indexOf('.') < 0)
            .findFirst()
            .orElse("");
    boolean driven = options.get("driver").isPresent() || format.isPresent();
    QemuError.require(file.isPresent() || driven || !other, "Must specify either driver or file");
    QemuError.require(
        file.isPresent() || format.isEmpty() || format.get().startsWith("null-"),
        "A block device must be specified for \"file\"");
    QemuError.require(
        foreign.isEmpty() || file.isEmpty(),
        "Block format '"
            + format.orElse("raw")
            + "' does not support the option '"
            + foreign
            + "'");
  }

  private static void choices(OptionString options) throws QemuError {
    String media = options.get("media").orElse("disk");
    QemuError.require(
        media.equals("disk") || media.equals("cdrom"), "'" + media + "' invalid media");
    for (String name : List.of("cache", "aio")) {
      Optional<String> value = options.get(name);
      boolean known = value.isEmpty() || CHOICES.getOrDefault(name, Set.of()).contains(value.get());
      QemuError.require(known, "invalid " + name + " option");
    }
    String zeroes = options.get("detect-zeroes").orElse("off");
    QemuError.require(
        Set.of("off", "on", "unmap").contains(zeroes), "invalid parameter value: " + zeroes);
    for (String name : List.of("werror", "rerror")) {
      String action = options.get(name).orElse("report");
      String what = name.equals("werror") ? "write" : "read";
      QemuError.require(
          ACTIONS.contains(action), "'" + action + "' invalid " + what + " error action");
    }
  }

  private void file(String name, Optional<String> format, boolean cdrom) throws QemuError {
    if (name.indexOf(':') > 0 && !name.startsWith("/")) {
      return; // another protocol, which nothing here speaks
    }
    QemuError.require(
        format.isEmpty() || FORMATS.contains(format.get()),
        "Unknown driver '" + format.orElse("") + "'");
    Path path = Path.of(name);
    QemuError.require(
        Files.exists(path), "Could not open '" + name + "': No such file or directory");
    QemuError.require(
        !Files.isDirectory(path), "'file' driver requires '" + name + "' to be a regular file");
    boolean qcow = startsAsQcow(path);
    QemuError.require(qcow || !format.orElse("").equals("qcow2"), "Image is not in qcow2 format");
    if (format.isEmpty() && !qcow && !cdrom) {
      console.print(
          """
          WARNING: Image format was not specified for '%s' and probing guessed raw.
                   Automatically detecting the format is dangerous for raw images, \
          write operations on block 0 will be restricted.
                   Specify the 'raw' format explicitly to remove the restrictions.
          """
              .formatted(name));
    }
  }

  private static boolean startsAsQcow(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(QCOW.length), QCOW);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
