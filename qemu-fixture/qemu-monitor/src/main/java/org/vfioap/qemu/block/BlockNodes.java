package org.vfioap.qemu.block;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The nodes of the block layer by name: files and devices of the host, what keeps nothing, and the
 * formats raw and qcow2 on them. Nothing but headers is read; only {@link #resize} writes. Source:
 * block.c and blockdev.c of QEMU 7.2.
 */
public final class BlockNodes {
  private final List<BlockNode> nodes = new ArrayList<>();
  private final Set<BlockNode> ofUsers = new HashSet<>();
  private final NodeBuilder builder = new NodeBuilder(this, new Random());

  BlockNodes() {}

  /**
   * Adds the node that {@code blockdev-add} or {@code -blockdev} describes.
   *
   * @throws QemuError if it has no name or a bad one, or cannot be opened
   */
  public void add(JsonObject members) throws QemuError {
    QemuError.require(
        members.text("node-name").isPresent(), "'node-name' must be specified for the root node");
    ofUsers.add(builder.open(members));
  }

  /** Opens a node that belongs to a drive. */
  BlockNode open(JsonObject members) throws QemuError {
    return builder.open(members);
  }

  void register(BlockNode node) {
    nodes.add(node);
  }

  /** Closes a node, and those below it that have no other user and no owner. */
  void remove(BlockNode node) {
    nodes.remove(node);
    ofUsers.remove(node);
    node.disconnect();
    node.below()
        .filter(below -> !ofUsers.contains(below) && !below.isUsed())
        .ifPresent(this::remove);
  }

  /** Says whether a user made the node, who alone deletes it. */
  boolean isOfUser(BlockNode node) {
    return ofUsers.contains(node);
  }

  /** Returns the node called {@code name}. */
  Optional<BlockNode> find(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /** Says whether there is a node called {@code name}. */
  public boolean has(String name) {
    return find(name).isPresent();
  }

  /** Returns a node, or complains with the names that were given for it. */
  BlockNode require(String name, String device, String nodeName) throws QemuError {
    return find(name.isEmpty() ? nodeName : name)
        .orElseThrow(
            () ->
                QemuError.generic(
                    "Cannot find device='" + device + "' nor node-name='" + nodeName + "'"));
  }

  /**
   * Deletes a node.
   *
   * @throws QemuError if there is none of that name, it is in use, or is not the users' own
   */
  public void delete(String name) throws QemuError {
    BlockNode node =
        find(name)
            .orElseThrow(
                () -> QemuError.generic("Failed to find node with node-name='" + name + "'"));
    QemuError.require(!node.hasDevice(), "Node " + name + " is in use");
    QemuError.require(ofUsers.contains(node), "Node " + name + " is not owned by the monitor");
    QemuError.require(!node.isUsed(), "Block device " + name + " is in use");
    remove(node);
  }

  /**
   * Makes an image larger or smaller: the file itself, or the size in its header.
   *
   * @throws QemuError if the size is none, others use the node, or the image cannot be changed
   */
  void resize(BlockNode node, JsonValue size) throws QemuError {
    long bytes = size instanceof JsonNumber.Signed number ? number.value() : 0;
    QemuError.require(bytes >= 0, "Parameter 'size' expects a >0 size");
    BlockUse user =
        new BlockUse("an unnamed block device", "root", Permissions.RESIZE, Permissions.ALL);
    node.join(user);
    try {
      QemuError.require(!node.isReadOnly(), "Image is read-only");
      node.image().resize(bytes);
    } finally {
      node.leave(user);
    }
  }

  /** Answers {@code query-named-block-nodes}: the latest first. */
  public JsonArray toJson() {
    List<JsonValue> answer = new ArrayList<>();
    latestFirst().forEach(node -> answer.add(node.toJson()));
    return new JsonArray(answer);
  }

  List<BlockNode> latestFirst() {
    List<BlockNode> latest = new ArrayList<>(nodes);
    java.util.Collections.reverse(latest);
    return latest;
  }

  /** Answers {@code query-blockstats} about nodes: the oldest first. */
  public JsonArray statistics() {
    List<JsonValue> answer = new ArrayList<>();
    nodes.forEach(node -> answer.add(BlockStatistics.of(node)));
    return new JsonArray(answer);
  }

  ImageLocks locks() {
    return builder.locks();
  }

  void close() {
    nodes.forEach(node -> node.image().close());
    nodes.clear();
  }
}
