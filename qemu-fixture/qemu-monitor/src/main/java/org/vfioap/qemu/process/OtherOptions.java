package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.host.HostPath;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.options.OptionList;
import org.vfioap.qemu.options.OptionLists;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qdev.Global;

/**
 * Options that mean nothing to the emulated guest but that QEMU reads on the way and may refuse.
 * Source: softmmu/vl.c and os-posix.c of QEMU 7.2, and measured.
 */
final class OtherOptions {
  private static final String NUMBER = "[0-9]+|0[xX][0-9a-fA-F]+";
  private static final Set<String> ROTATIONS = Set.of("0", "90", "180", "270");

  private OtherOptions() {}

  /** Checks one option while all are read. */
  static void check(CommandLine.Option option) throws QemuError {
    String value = option.value();
    switch (option.name()) {
      case "rotate" ->
          QemuError.require(
              ROTATIONS.contains(value), "only 90, 180, 270 deg rotation is available");
      case "seed" -> QemuError.require(value.matches(NUMBER), "Invalid seed number: " + value);
      case "dfilter" -> QemuError.require(isRange(value), "Bad range specifier");
      case "set" ->
          QemuError.require(
              value.matches("[^.]+\\.[^.]+\\.[^=]+=.*"), "can't parse: \"" + value + "\"");
      case "global" -> global(value);
      case "compat" -> compat(value);
      case "tpmdev" -> tpm(value);
      case "virtfs" -> virtfs(value);
      case "runas" -> runAs(value);
      case "readconfig" -> readable(value);
      case "dump-vmstate" -> writable(value);
      default -> {}
    }
  }

  private static boolean isRange(String text) {
    for (String range : text.split(",", -1)) {
      if (!range.matches("(%1$s)(\\.\\.|[-+])(%1$s)".formatted(NUMBER))) {
        return false;
      }
    }
    return true;
  }

  /** A dotted form needs no list of values. */
  private static void global(String value) throws QemuError {
    if (Global.isDotted(value)) {
      return;
    }
    OptionList list = OptionLists.get("global");
    OptionString options = list.read(value);
    list.check(options, new HashSet<>());
    boolean complete =
        options.get("driver").isPresent()
            && options.get("property").isPresent()
            && options.get("value").isPresent();
    QemuError.require(complete, "options 'driver', 'property', and 'value' are required");
  }

  private static void compat(String value) throws QemuError {
    for (var each : KeyvalParser.parse(value, "").members().entrySet()) {
      String policy = each.getValue().toString().replace("\"", "");
      List<String> known =
          switch (each.getKey()) {
            case "deprecated-input", "unstable-input" -> List.of("accept", "reject", "crash");
            case "deprecated-output", "unstable-output" -> List.of("accept", "hide");
            default -> throw Refusals.unexpected(each.getKey());
          };
      if (!known.contains(policy)) {
        throw Refusals.enumeration(each.getKey(), policy);
      }
    }
  }

  private static void tpm(String value) throws QemuError {
    OptionString options = OptionString.parse(value, "type");
    if (options.id().isEmpty()) {
      throw Refusals.missing("id");
    }
    String type = options.get("type").orElseThrow(() -> Refusals.missing("type"));
    QemuError.require(
        type.equals("passthrough") || type.equals("emulator"),
        "Parameter 'type' expects a TPM backend type");
  }

  private static void virtfs(String value) throws QemuError {
    OptionString options = OptionLists.get("virtfs").read(value);
    boolean complete = options.get("fsdriver").isPresent() && options.get("mount_tag").isPresent();
    QemuError.require(complete, "Usage: -virtfs fsdriver,mount_tag=tag");
  }

  private static void runAs(String value) throws QemuError {
    boolean known = value.matches("[0-9]+:[0-9]+");
    for (String entry : lines(Path.of("/etc/passwd"))) {
      known |= entry.startsWith(value + ":");
    }
    QemuError.require(known, "User \"" + value + "\" doesn't exist (and is not <uid>:<gid>)");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static void readable(String path) throws QemuError {
    Refusals.checkReadable(path);
  }

  private static void writable(String path) throws QemuError {
    Optional<Errno> why = HostFiles.uncreatable(path);
    QemuError.require(why.isEmpty(), "open " + path + ": " + why.orElse(Errno.EIO).text());
  }

  /** Checks what is used once the board is built, before devices are made. */
  static void checkBoard(CommandLine line) throws Exit {
    for (CommandLine.Option option : line.all("fw_cfg")) {
      throw line.failure(option.location() + ": fw_cfg device not available\n");
    }
  }

  /** Checks what is used last, when the guest could start. */
  static void checkEnd(CommandLine line) throws Exit {
    if (line.has("loadvm")) {
      throw line.failure("no block device can store vmstate for snapshot\n");
    }
    String root = line.last("chroot").orElse("/");
    if (!Files.isDirectory(HostPath.of(root))) {
      throw line.failure("chroot failed\n");
    }
  }
}
