package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.block.BlockNodes;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Block nodes, and the search for disks in a guest that has none. Source: blockdev.c and
 * block/qapi-sysemu.c of QEMU 7.2.
 */
final class BlockCommands implements CommandGroup {
  private final BlockNodes nodes = new BlockNodes();

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return switch (command) {
      case "blockdev-add" -> {
        nodes.add(arguments);
        yield DONE;
      }
      case "blockdev-del" -> {
        nodes.delete(arguments.text("node-name").orElse(""));
        yield DONE;
      }
      case "query-named-block-nodes" -> Optional.of(nodes.toJson());
      case "query-blockstats" -> statistics(arguments);
      default -> {
        search(command, arguments);
        yield Optional.empty();
      }
    };
  }

  private Optional<JsonValue> statistics(JsonObject arguments) {
    boolean ofNodes = arguments.get("query-nodes").equals(Optional.of(JsonBool.TRUE));
    return ofNodes ? Optional.of(nodes.statistics()) : Optional.empty();
  }

  /** Looks for what the command names; what has no node fails as recorded. */
  private void search(String command, JsonObject arguments) throws QemuError {
    switch (command) {
      case "eject",
          "blockdev-open-tray",
          "blockdev-close-tray",
          "blockdev-change-medium",
          "block_set_io_throttle" ->
          throw noDisk(arguments);
      case "block_resize" -> resize(arguments);
      case "blockdev-snapshot-sync" -> find(arguments);
      default -> {}
    }
  }

  private static QemuError noDisk(JsonObject arguments) {
    Optional<String> device = arguments.text("device");
    Optional<String> id = arguments.text("id");
    if (device.isPresent() == id.isPresent()) {
      return QemuError.generic("Need exactly one of 'device' and 'id'");
    }
    return QemuError.deviceNotFound(device.or(() -> id).orElseThrow());
  }

  private void resize(JsonObject arguments) throws QemuError {
    find(arguments);
    if (arguments.get("size").orElseThrow() instanceof JsonNumber.Signed size && size.value() < 0) {
      throw QemuError.generic("Parameter 'size' expects a >0 size");
    }
    throw QemuError.generic("Image format driver does not support resize");
  }

  private void find(JsonObject arguments) throws QemuError {
    String device = arguments.text("device").orElse("");
    String node = arguments.text("node-name").orElse("");
    if (!nodes.has(node)) {
      throw QemuError.generic("Cannot find device='" + device + "' nor node-name='" + node + "'");
    }
  }
}
