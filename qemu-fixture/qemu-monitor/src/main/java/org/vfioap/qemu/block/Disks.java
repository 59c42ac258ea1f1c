package org.vfioap.qemu.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The disks of a guest: block nodes, drives, and what devices have of them. Source: blockdev.c and
 * block/block-backend.c of QEMU 7.2.
 */
public final class Disks {
  private final BlockNodes nodes = new BlockNodes();
  private final List<BlockBackend> backends = new ArrayList<>();

  /** Returns the nodes. */
  public BlockNodes nodes() {
    return nodes;
  }

  List<BlockBackend> visible() {
    return backends.stream().filter(BlockBackend::isVisible).toList();
  }

  /** Says whether there is a drive called {@code id}, as opposed to a node. */
  public boolean hasDrive(String id) {
    return drive(id).isPresent();
  }

  /**
   * Refuses a snapshot of what can be written to, in QEMU's words where its format has none.
   * Source: block/snapshot.c (bdrv_all_can_snapshot) of QEMU 7.2.
   */
  public void checkSnapshots() throws QemuError {
    for (BlockBackend each : visible()) {
      if (each.node().isPresent() && !each.isReadOnly()) {
        BlockNode node = each.node().get();
        String name = each.name().isEmpty() ? node.name() : each.name();
        throw QemuError.generic(
            node.image().driver().equals("qcow2")
                ? "the emulator keeps no snapshots; device '" + name + "' could have some in QEMU"
                : "Device '" + name + "' is writable but does not support snapshots");
      }
    }
  }

  /** Returns the drive called {@code id}. */
  Optional<BlockBackend> drive(String id) {
    return backends.stream().filter(each -> !id.isEmpty() && each.name().equals(id)).findFirst();
  }

  /** Says whether a device may name this as its drive. */
  public boolean has(String name) {
    return drive(name).isPresent() || nodes.has(name);
  }

  /**
   * Adds a drive.
   *
   * @return its name
   * @throws QemuError if there is one in its place, or its medium cannot be opened
   */
  public String add(Drive drive) throws QemuError {
    Drive placed = drive.place(this::isTaken);
    QemuError.require(drive(placed.id()).isEmpty(), "Duplicate ID '" + placed.id() + "' for drive");
    Optional<BlockNode> medium = Optional.empty();
    if (placed.medium().isPresent()) {
      medium = Optional.of(nodes.open(placed.medium().get()));
    }
    BlockBackend backend = new BlockBackend(placed.id(), medium.orElse(null));
    backend.setDrive(placed);
    backends.add(backend);
    return placed.id();
  }

  private boolean isTaken(String type, long unit) {
    return backends.stream()
        .flatMap(each -> each.drive().stream())
        .anyMatch(each -> each.type().equals(type) && each.unit() == unit);
  }

  /** Says whether a drive already has a device. */
  public boolean isTaken(String name) {
    return drive(name).filter(each -> each.device().isPresent()).isPresent();
  }

  /** Returns how large a disk is. */
  public long size(String name) {
    return drive(name)
        .map(BlockBackend::node)
        .orElseGet(() -> nodes.find(name))
        .map(node -> node.image().size())
        .orElse(0L);
  }

  /** Says whether a drive has no medium. */
  public boolean isEmpty(String name) {
    return drive(name).filter(each -> each.node().isEmpty()).isPresent();
  }

  /**
   * Gives a device its disk.
   *
   * @param name that of a drive or a node; empty for a device without medium
   * @return the connection, for {@link #detach}
   * @throws QemuError if others use the disk in a way that does not go together with this
   */
  public BlockBackend attach(BlockDevice device, String name) throws QemuError {
    Optional<BlockBackend> drive = drive(name);
    if (drive.isPresent()) {
      drive.get().attach(device);
      return drive.get();
    }
    BlockBackend backend = new BlockBackend("", nodes.find(name).orElse(null));
    backend.attach(device);
    backends.add(backend);
    return backend;
  }

  /** Ends what {@link #attach} began; a drive goes with its device, a node of users stays. */
  public void detach(BlockBackend backend) {
    backend.detach();
    backends.remove(backend);
    backend.eject().ifPresent(this::drop);
  }

  /** Closes a node that nobody needs any more. */
  void drop(BlockNode node) {
    if (!nodes.isOfUser(node) && !node.isUsed()) {
      nodes.remove(node);
    }
  }

  /**
   * Takes a drive away; its device stays without medium.
   *
   * @throws QemuError if there is none, or it is a node
   */
  public void delete(String id) throws QemuError {
    Optional<BlockNode> node = nodes.find(id);
    if (drive(id).isEmpty() && node.isPresent()) {
      nodes.delete(id);
      return;
    }
    BlockBackend backend = drive(id).orElseThrow(() -> QemuError.deviceNotFound(id));
    backend.eject().ifPresent(this::drop);
    backend.forgetName();
    if (backend.device().isEmpty()) {
      backends.remove(backend);
    }
  }

  /** Answers {@code query-block}. */
  public JsonArray toJson() {
    List<JsonValue> answer = new ArrayList<>();
    visible().forEach(each -> answer.add(each.toJson()));
    return new JsonArray(answer);
  }

  /** Answers {@code query-blockstats}. */
  public JsonArray statistics() {
    List<JsonValue> answer = new ArrayList<>();
    visible().forEach(each -> answer.add(BlockStatistics.of(each)));
    return new JsonArray(answer);
  }

  /**
   * Locks the images for the guest that is here now.
   *
   * @throws QemuError if somebody else is in the way; none is locked then
   */
  public void activate() throws QemuError {
    nodes.locks().activate();
  }

  /** Lets others lock the images: the guest is not here yet, or has left. */
  public void inactivate() {
    nodes.locks().inactivate();
  }

  /** Lets go of all files. */
  public void close() {
    nodes.close();
  }
}
