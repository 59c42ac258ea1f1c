package org.vfioap.qemu.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A node of the block layer: an image, what is below it, and who uses it. Source: block.c of QEMU
 * 7.2.
 */
final class BlockNode {
  private final String name;
  private final NodeImage image;
  private final NodeOptions options;
  private final @Nullable BlockNode below;
  private final boolean readOnly;
  private final List<BlockUse> users = new ArrayList<>();
  private BlockUse use;

  BlockNode(
      String name,
      NodeImage image,
      NodeOptions options,
      @Nullable BlockNode below,
      boolean readOnly) {
    this.name = name;
    this.image = image;
    this.options = options;
    this.below = below;
    this.readOnly = readOnly;
    this.use = BlockUse.idle("node '" + name + "'", "file");
  }

  String name() {
    return name;
  }

  NodeImage image() {
    return image;
  }

  /** Returns the image at the bottom. */
  NodeImage source() {
    return below == null || image instanceof FileImage ? image : below.source();
  }

  NodeOptions options() {
    return options;
  }

  Optional<BlockNode> below() {
    return Optional.ofNullable(below);
  }

  boolean isReadOnly() {
    return readOnly;
  }

  boolean isUsed() {
    return !users.isEmpty();
  }

  /** Says whether a device, not a node, uses it. */
  boolean hasDevice() {
    return users.stream().anyMatch(each -> each.role().equals("root"));
  }

  /** Returns the short name, or the options if it cannot say them. */
  String filename() {
    return image.filename().orElseGet(() -> "json:" + image.identity().toJson());
  }

  /** Connects it with the node below. */
  void connect() throws QemuError {
    if (below != null) {
      below.users.add(0, use);
      try {
        settle();
      } catch (QemuError refused) {
        below.leave(use);
        throw refused;
      }
    }
  }

  /** Lets go of the node below. */
  void disconnect() {
    if (below != null) {
      below.leave(use);
    }
    image.close();
  }

  /**
   * Lets somebody use it.
   *
   * @throws QemuError if others are in the way, here or below; nothing is changed then
   */
  void join(BlockUse user) throws QemuError {
    users.add(0, user);
    try {
      settle();
    } catch (QemuError refused) {
      leave(user);
      throw refused;
    }
  }

  /** Ends a use. */
  void leave(BlockUse user) {
    users.remove(user);
    try {
      settle();
    } catch (QemuError impossible) {
      throw new IllegalStateException("fewer users need more", impossible);
    }
  }

  /** Hands on what the users need: to the host, and to the node below. */
  private void settle() throws QemuError {
    int wanted = Permissions.NONE;
    int shared = Permissions.ALL;
    for (BlockUse each : users) {
      checkRivals(each);
      wanted |= each.wanted();
      shared &= each.shared();
    }
    boolean writes = (wanted & (Permissions.WRITE | Permissions.UNCHANGED)) != 0;
    QemuError.require(!writes || !readOnly, "Block node is read-only");
    image.permit(wanted, shared);
    if (below != null) {
      BlockUse old = use;
      use = image.below(use, wanted, shared, !readOnly);
      below.replace(old, use);
    }
  }

  private void replace(BlockUse old, BlockUse fresh) throws QemuError {
    users.replaceAll(each -> each == old ? fresh : each);
    settle();
  }

  private void checkRivals(BlockUse user) throws QemuError {
    for (BlockUse other : users) {
      if (other != user) {
        user.checkAllows(other, name);
      }
    }
  }

  /** Returns an element of {@code query-named-block-nodes}. */
  JsonObject toJson() {
    return NodeReport.of(this);
  }
}
