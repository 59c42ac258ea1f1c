package org.vfioap.qemu.block;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What a device has its disk from: a drive of the command line, or what comes to be with the device
 * for a node. Source: block/block-backend.c and block/qapi.c of QEMU 7.2.
 */
public final class BlockBackend {
  private String name;
  private @Nullable BlockNode node;
  private @Nullable BlockDevice device;
  private @Nullable BlockUse use;
  private JsonObject limits = JsonObject.empty();
  private boolean open;
  private boolean readOnly;
  private @Nullable Drive drive;

  BlockBackend(String name, @Nullable BlockNode node) {
    this.name = name;
    this.node = node;
  }

  String name() {
    return name;
  }

  Optional<BlockNode> node() {
    return Optional.ofNullable(node);
  }

  Optional<BlockDevice> device() {
    return Optional.ofNullable(device);
  }

  void setDrive(Drive newDrive) {
    drive = newDrive;
  }

  Optional<Drive> drive() {
    return Optional.ofNullable(drive);
  }

  /** Only those that have a name or a device are told about. */
  boolean isVisible() {
    return !name.isEmpty() || device != null;
  }

  /** Source: hw/block/block.c (blkconf_apply_backend_options) of QEMU 7.2. */
  void attach(BlockDevice newDevice) throws QemuError {
    BlockNode disk = node;
    if (disk != null) {
      int wanted =
          Permissions.READ
              | (newDevice.reads() || disk.isReadOnly() ? Permissions.NONE : Permissions.WRITE);
      int shared =
          Permissions.READ
              | Permissions.UNCHANGED
              | Permissions.RESIZE
              | (newDevice.shares() ? Permissions.WRITE : Permissions.NONE);
      BlockUse user =
          new BlockUse("block device '" + userName(newDevice) + "'", "root", wanted, shared);
      disk.join(user);
      use = user;
    }
    device = newDevice;
  }

  private String userName(BlockDevice user) {
    return name.isEmpty() ? user.name() : name;
  }

  void detach() {
    release();
    device = null;
  }

  private void release() {
    if (node != null && use != null) {
      node.leave(use);
      use = null;
    }
  }

  /** Takes the medium out; what it was is returned. */
  Optional<BlockNode> eject() {
    Optional<BlockNode> old = node();
    old.ifPresent(medium -> readOnly = medium.isReadOnly());
    release();
    node = null;
    return old;
  }

  /** Puts a medium in. */
  void insert(BlockNode medium) throws QemuError {
    node = medium;
    BlockDevice user = device;
    if (user != null) {
      attach(user);
    }
  }

  /** Says whether the medium, or the last that there was, is only read. */
  boolean isReadOnly() {
    return node == null ? readOnly : node.isReadOnly();
  }

  void forgetName() {
    name = "";
  }

  boolean isOpen() {
    return open;
  }

  void setOpen(boolean newOpen) {
    open = newOpen;
  }

  void limit(JsonObject newLimits) {
    limits = newLimits;
  }

  JsonObject limits() {
    return limits;
  }

  boolean isRemovable() {
    return device == null ? !name.isEmpty() : device.removable();
  }

  /** Returns an element of {@code query-block}. */
  JsonObject toJson() {
    JsonObject json = JsonObject.of("device", name).with("type", "unknown");
    json.with("locked", false).with("removable", isRemovable());
    if (device != null && (node != null || device.removable())) {
      json.with("io-status", "ok");
    }
    if (device != null && device.removable()) {
      json.with("tray_open", open);
    }
    device().ifPresent(each -> json.with("qdev", each.name()));
    node().ifPresent(each -> json.with("inserted", inserted(each)));
    return json;
  }

  private JsonObject inserted(BlockNode disk) {
    JsonObject json = disk.toJson();
    JsonObject cache = (JsonObject) json.get("cache").orElseThrow();
    cache.with("writeback", JsonBool.of(writesBack()));
    limits.members().forEach(json::with);
    return json;
  }

  boolean writesBack() {
    return device == null || device.writesBack();
  }
}
