package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.block.BlockMedia;
import org.vfioap.qemu.block.Disks;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qom.QomObject;

/** Disks and block nodes. Source: blockdev.c and block/qapi-sysemu.c of QEMU 7.2. */
final class BlockCommands implements CommandGroup {
  private final Guest guest;

  BlockCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return switch (command) {
      case "blockdev-add" -> {
        disks().nodes().add(arguments);
        yield DONE;
      }
      case "blockdev-del" -> {
        disks().nodes().delete(arguments.text("node-name").orElse(""));
        yield DONE;
      }
      case "block_resize" -> {
        new BlockMedia(disks()).resize(arguments);
        yield DONE;
      }
      case "query-named-block-nodes" -> Optional.of(disks().nodes().toJson());
      case "query-block" -> Optional.of(disks().toJson());
      case "query-blockstats" -> Optional.of(statistics(arguments));
      case "blockdev-snapshot-sync" -> {
        new BlockMedia(disks()).check(arguments);
        yield Optional.empty();
      }
      default -> media(command, arguments);
    };
  }

  private Disks disks() {
    return guest.board().disks();
  }

  private JsonValue statistics(JsonObject arguments) {
    boolean ofNodes = arguments.get("query-nodes").equals(Optional.of(JsonBool.TRUE));
    return ofNodes ? disks().nodes().statistics() : disks().statistics();
  }

  /** What is done with the disk of a device, named by the drive or by the device. */
  private Optional<JsonValue> media(String command, JsonObject arguments) throws QemuError {
    switch (command) {
      case "eject",
          "blockdev-open-tray",
          "blockdev-close-tray",
          "blockdev-remove-medium",
          "blockdev-insert-medium",
          "blockdev-change-medium",
          "block_set_io_throttle" -> {
        Optional<String> device = arguments.text("device");
        Optional<String> id = arguments.text("id");
        QemuError.require(
            device.isPresent() != id.isPresent(), "Need exactly one of 'device' and 'id'");
        String name = id.isPresent() ? deviceName(id.get()) : device.orElseThrow();
        new BlockMedia(disks()).run(command, name, id.isPresent(), arguments, guest::tell);
        return DONE;
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  /** Devices are named by identifier or path; the one behind a transport has the disk. */
  private String deviceName(String id) throws QemuError {
    QomObject from =
        guest.board().at("/machine/peripheral").orElseThrow(() -> QemuError.deviceNotFound(id));
    QomObject object =
        guest
            .board()
            .tree()
            .resolveAt(from, id)
            .filter(each -> guest.board().types().isA(each.type(), "device"))
            .orElseThrow(() -> QemuError.deviceNotFound(id));
    boolean behind = object.name().equals("virtio-backend");
    boolean anonymous = object.path().startsWith("/machine/peripheral-anon/");
    return behind || anonymous ? object.path() : object.name();
  }
}
