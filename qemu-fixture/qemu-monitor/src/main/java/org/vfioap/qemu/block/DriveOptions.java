package org.vfioap.qemu.block;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.vfioap.qemu.host.HostPath;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.scalar.Switches;

/**
 * Reads the options of a drive. Source: blockdev.c (drive_new, blockdev_init) of QEMU 7.2, and
 * measured.
 */
public final class DriveOptions {
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
  private static final byte[] QCOW = {'Q', 'F', 'I', (byte) 0xFB};

  private final Consumer<String> warnings;

  /** Reads options, with warnings for people. */
  public DriveOptions(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /**
   * Reads the options of a drive.
   *
   * @param usual the interface of the machine's disks
   * @throws QemuError if one is wrong, or its file is not there or of another format
   */
  public Drive read(OptionString options, String usual) throws QemuError {
    for (String name : NUMBERS) {
      boolean number = options.get(name).orElse("0").matches("\\d+");
      QemuError.require(number, "Parameter '" + name + "' expects a number");
    }
    choices(options);
    String bus = options.get("if").orElse(usual);
    QemuError.require(BUSES.contains(bus), "unsupported bus type '" + bus + "'");
    Optional<String> readOnly = options.get("readonly");
    if (!Switches.isSwitch(readOnly.orElse("on"))) {
      throw Refusals.expects("read-only", "'on' or 'off'");
    }
    Optional<JsonObject> medium = medium(options);
    medium.ifPresent(members -> common(options, members));
    return new Drive(options.id().orElse(""), bus, place(options), medium);
  }

  private static OptionalLong place(OptionString options) {
    Optional<String> place = options.get("index").or(() -> options.get("unit"));
    return place.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(place.get()));
  }

  private static void common(OptionString options, JsonObject members) {
    boolean readOnly = options.isOn("readonly", false) || options.isOn("read-only", false);
    members.with("read-only", readOnly || isCdrom(options));
    String cache = options.get("cache").orElse("writeback");
    members.with(
        "cache",
        JsonObject.empty()
            .with("direct", Set.of("none", "off", "directsync").contains(cache))
            .with("no-flush", cache.equals("unsafe")));
    for (String name : new String[] {"discard", "detect-zeroes", "node-name"}) {
      options.get(name).ifPresent(value -> members.with(name, value));
    }
  }

  private static boolean isCdrom(OptionString options) {
    return options.get("media").orElse("").equals("cdrom");
  }

  private Optional<JsonObject> medium(OptionString options) throws QemuError {
    Optional<String> file = options.get("file").filter(name -> !name.isEmpty());
    Optional<String> format = options.get("format").or(() -> options.get("driver"));
    Optional<JsonObject> medium = Optional.empty();
    if (file.isPresent()) {
      medium = file(file.get(), options.get("format"), isCdrom(options));
      if (!DriveFile.of(file.get()).isPath()) {
        below(medium.orElseThrow(), options);
      }
    } else if (format.isPresent()) {
      medium = Optional.of(driven(format.get(), options));
    }
    checkFormat(options, file, options.get("format"));
    return medium;
  }

  private static JsonObject driven(String driver, OptionString options) throws QemuError {
    JsonObject node = JsonObject.of("driver", driver);
    JsonObject below = JsonObject.empty();
    options.get("file.driver").ifPresent(name -> below.with("driver", name));
    if (below.size() > 0) {
      node.with("file", below);
      below(node, options);
    }
    for (OptionString.Entry each : options.entries()) {
      if (!COMMON.contains(each.key()) && each.key().indexOf('.') < 0) {
        DriveFile.option(node, each.key(), each.value());
      }
    }
    return node;
  }

  /** Sets what is said of the node below. */
  private static void below(JsonObject node, OptionString options) throws QemuError {
    JsonObject below = node.get("file").orElse(node) instanceof JsonObject file ? file : node;
    for (OptionString.Entry each : options.entries()) {
      if (each.key().startsWith("file.") && !each.key().equals("file.driver")) {
        DriveFile.option(below, each.key().substring("file.".length()), each.value());
      }
    }
  }

  private static void checkFormat(
      OptionString options, Optional<String> file, Optional<String> format) throws QemuError {
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
        file.isPresent()
            || format.isEmpty()
            || format.get().startsWith("null-")
            || options.get("file.driver").isPresent(),
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

  /**
   * Returns what is in a drive whose medium is a file; nothing for a protocol that nothing here
   * speaks.
   *
   * @throws QemuError if it is not there or not of that format
   */
  public Optional<JsonObject> file(String name, Optional<String> format, boolean cdrom)
      throws QemuError {
    DriveFile named = DriveFile.of(name);
    Optional<JsonObject> described = DriveFile.described(name);
    if (described.isPresent()) {
      return described;
    }
    QemuError.require(
        format.isEmpty() || FORMATS.contains(format.get()),
        "Unknown driver '" + format.orElse("") + "'");
    if (!named.isPath()) {
      JsonObject node = named.node();
      warn(name, format.isEmpty());
      return Optional.of(
          node.text("driver").equals(format)
              ? node
              : JsonObject.of("driver", "raw").with("file", node));
    }
    return onHost(named.rest(), format, cdrom);
  }

  private Optional<JsonObject> onHost(String name, Optional<String> format, boolean cdrom)
      throws QemuError {
    Path path = HostPath.of(name);
    Refusals.checkReadable(name);
    QemuError.require(
        !Files.isDirectory(path), "'file' driver requires '" + name + "' to be a regular file");
    boolean qcow = startsAsQcow(path);
    QemuError.require(qcow || !format.orElse("").equals("qcow2"), "Image is not in qcow2 format");
    warn(name, format.isEmpty() && !qcow && !cdrom);
    String driver = Files.isRegularFile(path) ? "file" : "host_device";
    JsonObject file = JsonObject.of("driver", driver).with("filename", name);
    String layer = format.orElse(qcow ? "qcow2" : "raw");
    return Optional.of(
        layer.equals("file") ? file : JsonObject.of("driver", layer).with("file", file));
  }

  private void warn(String name, boolean guessed) {
    if (guessed) {
      warnings.accept(
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
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(QCOW.length), QCOW);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
