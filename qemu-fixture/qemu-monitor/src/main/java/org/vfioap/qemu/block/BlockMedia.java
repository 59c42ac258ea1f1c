package org.vfioap.qemu.block;

import java.util.Optional;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What is done with the media of devices. Source: block/qapi-sysemu.c and blockdev.c of QEMU 7.2,
 * and measured.
 */
public final class BlockMedia {
  private static final String[] RATES = {"bps", "bps_rd", "bps_wr", "iops", "iops_rd", "iops_wr"};

  private final Disks disks;

  /** Handles the media of {@code disks}. */
  public BlockMedia(Disks disks) {
    this.disks = disks;
  }

  /** Takes what monitors are to be told. */
  @FunctionalInterface
  public interface Events {
    /** Tells about an event, now or after the answer. */
    void tell(String name, JsonObject data, boolean afterwards);
  }

  private BlockNode find(JsonObject arguments) throws QemuError {
    String device = arguments.text("device").orElse("");
    Optional<BlockBackend> drive = disks.drive(device);
    if (drive.isPresent()) {
      return drive
          .get()
          .node()
          .orElseThrow(() -> QemuError.generic("Device '" + device + "' has no medium"));
    }
    String node = arguments.text("node-name").orElse("");
    return disks.nodes().require("", device, node);
  }

  /**
   * Checks that there is a node that {@code device} or {@code node-name} name.
   *
   * @throws QemuError if there is none
   */
  public void check(JsonObject arguments) throws QemuError {
    find(arguments);
  }

  /**
   * Makes an image larger or smaller.
   *
   * @throws QemuError if there is none, others use it, or it cannot be changed
   */
  public void resize(JsonObject arguments) throws QemuError {
    BlockNode node = find(arguments);
    disks.nodes().resize(node, arguments.get("size").orElseThrow());
  }

  /**
   * Runs a command on the disk of a device.
   *
   * @param name the drive's, or the device's as its back end knows it
   * @throws QemuError if there is none, or the device does not allow it
   */
  public void run(
      String command, String name, boolean ofDevice, JsonObject arguments, Events events)
      throws QemuError {
    if (command.equals("blockdev-insert-medium")) {
      medium(arguments);
    }
    BlockBackend backend = backend(name, ofDevice);
    if (command.equals("block_set_io_throttle")) {
      throttle(backend, arguments);
      return;
    }
    String shown = arguments.text("id").or(() -> arguments.text("device")).orElse("");
    QemuError.require(backend.isRemovable(), "Device '" + shown + "' is not removable");
    switch (command) {
      case "eject" -> {
        move(backend, true, events);
        remove(backend);
      }
      case "blockdev-open-tray" -> move(backend, true, events);
      case "blockdev-close-tray" -> move(backend, false, events);
      case "blockdev-remove-medium" -> {
        QemuError.require(backend.isOpen(), "Tray of device '" + shown + "' is not open");
        remove(backend);
      }
      case "blockdev-insert-medium" -> insert(backend, shown, arguments);
      default -> change(backend, arguments, events);
    }
  }

  private BlockBackend backend(String name, boolean ofDevice) throws QemuError {
    Optional<BlockBackend> found =
        ofDevice
            ? disks.visible().stream()
                .filter(each -> each.device().filter(d -> d.name().equals(name)).isPresent())
                .findFirst()
            : disks.drive(name);
    if (found.isEmpty() && ofDevice) {
      throw QemuError.generic("Device does not have a block device backend");
    }
    return found.orElseThrow(() -> QemuError.deviceNotFound(name));
  }

  private static void move(BlockBackend backend, boolean open, Events events) {
    if (backend.device().isEmpty() || backend.isOpen() == open) {
      return;
    }
    backend.setOpen(open);
    JsonObject data = JsonObject.of("device", backend.name()).with("tray-open", open);
    backend.device().ifPresent(device -> data.with("id", device.name()));
    events.tell("DEVICE_TRAY_MOVED", data, false);
  }

  private void remove(BlockBackend backend) {
    backend.eject().ifPresent(disks::drop);
  }

  private void insert(BlockBackend backend, String shown, JsonObject arguments) throws QemuError {
    QemuError.require(backend.isOpen(), "Tray of device '" + shown + "' is not open");
    QemuError.require(
        backend.node().isEmpty(), "There already is a medium in device '" + shown + "'");
    backend.insert(medium(arguments));
  }

  private BlockNode medium(JsonObject arguments) throws QemuError {
    String name = arguments.text("node-name").orElse("");
    BlockNode node =
        disks
            .nodes()
            .find(name)
            .orElseThrow(() -> QemuError.generic("Node '" + name + "' not found"));
    QemuError.require(!node.hasDevice(), "Node '" + name + "' is already in use");
    return node;
  }

  /** Opens the new medium before the old one goes. */
  private void change(BlockBackend backend, JsonObject arguments, Events events) throws QemuError {
    String name = arguments.text("filename").orElse("");
    Optional<String> format = arguments.text("format");
    JsonObject medium =
        new DriveOptions(warning -> {})
            .file(name, format, true)
            .orElseThrow(() -> QemuError.generic("Could not open '" + name + "'"));
    boolean readOnly =
        switch (arguments.text("read-only-mode").orElse("retain")) {
          case "read-write" -> false;
          case "read-only" -> true;
          default -> backend.isReadOnly();
        };
    BlockNode node = disks.nodes().open(medium.with("read-only", readOnly));
    move(backend, true, events);
    remove(backend);
    backend.insert(node);
    move(backend, false, events);
  }

  /** Source: blockdev.c (qmp_block_set_io_throttle) of QEMU 7.2. */
  private static void throttle(BlockBackend backend, JsonObject arguments) throws QemuError {
    QemuError.require(backend.node().isPresent(), "Device has no medium");
    for (String kind : new String[] {"bps", "iops"}) {
      boolean total = rate(arguments, kind) != 0;
      boolean parts = rate(arguments, kind + "_rd") != 0 || rate(arguments, kind + "_wr") != 0;
      QemuError.require(
          !total || !parts,
          "bps/iops/max total values and read/write values cannot be used at the same time");
    }
    backend.limit(limits(backend, arguments));
  }

  private static long rate(JsonObject arguments, String name) {
    return arguments.get(name).orElse(null) instanceof JsonNumber.Signed number
        ? number.value()
        : 0;
  }

  private static JsonObject limits(BlockBackend backend, JsonObject arguments) {
    JsonObject limits = JsonObject.empty();
    boolean any = false;
    for (String name : RATES) {
      long rate = rate(arguments, name);
      any |= rate != 0;
      limits.with(name, rate);
      long burst = rate(arguments, name + "_max");
      if (burst != 0) {
        limits.with(name + "_max", burst);
        limits.with(name + "_max_length", Math.max(1, rate(arguments, name + "_max_length")));
      }
    }
    if (!any) {
      return JsonObject.empty();
    }
    long size = rate(arguments, "iops_size");
    if (size != 0) {
      limits.with("iops_size", size);
    }
    String group = backend.device().map(BlockDevice::name).orElse(backend.name());
    return limits.with("group", arguments.text("group").orElse(group));
  }
}
