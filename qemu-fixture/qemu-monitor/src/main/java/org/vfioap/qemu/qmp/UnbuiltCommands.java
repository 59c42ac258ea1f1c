package org.vfioap.qemu.qmp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.block.Disks;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What QEMU would do but the emulator does not: it is refused where QEMU would begin, never said to
 * be done. What QEMU refuses too is left to those who know how.
 *
 * <p>Source of transactions: blockdev.c (qmp_transaction) of QEMU 7.2.
 */
final class UnbuiltCommands implements CommandGroup {
  /** The argument that names what the command works on: a drive or a node. */
  private static final Map<String, List<String>> ON_NODES =
      Map.ofEntries(
          Map.entry("drive-backup", List.of("device")),
          Map.entry("blockdev-backup", List.of("device")),
          Map.entry("drive-mirror", List.of("device")),
          Map.entry("blockdev-mirror", List.of("device")),
          Map.entry("block-stream", List.of("device")),
          Map.entry("block-commit", List.of("device")),
          Map.entry("change-backing-file", List.of("device")),
          Map.entry("blockdev-snapshot-sync", List.of("device", "node-name")),
          Map.entry("blockdev-snapshot", List.of("node")),
          Map.entry("blockdev-snapshot-internal-sync", List.of("device")),
          Map.entry("blockdev-snapshot-delete-internal-sync", List.of("device")),
          Map.entry("block-dirty-bitmap-add", List.of("node")),
          Map.entry("block-dirty-bitmap-remove", List.of("node")),
          Map.entry("block-dirty-bitmap-clear", List.of("node")),
          Map.entry("block-dirty-bitmap-enable", List.of("node")),
          Map.entry("block-dirty-bitmap-disable", List.of("node")),
          Map.entry("block-dirty-bitmap-merge", List.of("node")),
          Map.entry("x-debug-block-dirty-bitmap-sha256", List.of("node")),
          Map.entry("block-latency-histogram-set", List.of("id")),
          Map.entry("block-set-write-threshold", List.of("node-name")),
          Map.entry("x-blockdev-change", List.of("parent")),
          Map.entry("x-blockdev-set-iothread", List.of("node-name")),
          Map.entry("x-blockdev-amend", List.of("node-name")),
          Map.entry("block-export-add", List.of("node-name")));

  private static final String WHY =
      "it has no backing files, snapshots, jobs, bitmaps or exports of block nodes";

  /** Actions that may be done alone, whatever becomes of the others. */
  private static final Set<String> GROUPED = Set.of("drive-backup", "blockdev-backup", "abort");

  private final Guest guest;
  private final MachineCommands machine;

  UnbuiltCommands(Guest guest, MachineCommands machine) {
    this.guest = guest;
    this.machine = machine;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    switch (command) {
      case "transaction" -> {
        perform(arguments);
        return DONE;
      }
      case "blockdev-reopen" -> {
        reopen(arguments);
        return DONE;
      }
      case "snapshot-save", "snapshot-load", "snapshot-delete", "blockdev-create" -> {
        if (Identifiers.isValid(arguments.text("job-id").orElse(""))) {
          throw unbuilt(command, WHY);
        }
      }
      case "nbd-server-start" -> {
        if (isAddress((JsonObject) arguments.get("addr").orElseThrow())) {
          throw unbuilt(command, WHY);
        }
      }
      case "xen-save-devices-state" ->
          throw unbuilt(command, "its guests have no such state; use migrate with a URI exec:…");
      default -> checkNodes(command, arguments);
    }
    return Optional.empty();
  }

  private static boolean isAddress(JsonObject address) {
    JsonObject data = (JsonObject) address.get("data").orElse(address);
    return !address.text("type").equals(Optional.of("inet"))
        || data.text("port").orElse("").matches("[0-9]+");
  }

  private void checkNodes(String command, JsonObject arguments) throws QemuError {
    for (String name : ON_NODES.getOrDefault(command, List.of())) {
      if (isThere(arguments.text(name).orElse(""))) {
        throw unbuilt(command, WHY);
      }
    }
  }

  private boolean isThere(String name) {
    Disks disks = guest.board().disks();
    return disks.hasDrive(name) || disks.nodes().has(name);
  }

  private static QemuError unbuilt(String command, String why) {
    return QemuError.generic("the emulator does not carry out '" + command + "': " + why);
  }

  /** As none of the actions is ever done, none has to be undone. */
  private void perform(JsonObject arguments) throws QemuError {
    String mode =
        ((JsonObject) arguments.get("properties").orElseGet(JsonObject::empty))
            .text("completion-mode")
            .orElse("individual");
    for (JsonValue each : ((JsonArray) arguments.get("actions").orElseThrow()).items()) {
      JsonObject action = (JsonObject) each;
      String type = action.text("type").orElse("");
      QemuError.require(
          mode.equals("individual") || GROUPED.contains(type),
          "Action '" + type + "' does not support Transaction property completion-mode = " + mode);
      QemuError.require(!type.equals("abort"), "Transaction aborted using Abort action");
      machine.perform(type, (JsonObject) action.get("data").orElseGet(JsonObject::empty));
      throw unbuilt(type, WHY);
    }
  }

  private void reopen(JsonObject arguments) throws QemuError {
    for (JsonValue each : ((JsonArray) arguments.get("options").orElseThrow()).items()) {
      String name =
          ((JsonObject) each)
              .text("node-name")
              .orElseThrow(() -> QemuError.generic("node-name not specified"));
      QemuError.require(
          guest.board().disks().nodes().has(name),
          "Failed to find node with node-name='" + name + "'");
      throw unbuilt("blockdev-reopen", "delete '" + name + "' and add it with the new options");
    }
  }
}
