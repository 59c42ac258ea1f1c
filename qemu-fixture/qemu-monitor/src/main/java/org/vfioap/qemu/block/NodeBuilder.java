package org.vfioap.qemu.block;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** Opens nodes. Source: block.c (bdrv_open_inherit, bdrv_assign_node_name) of QEMU 7.2. */
final class NodeBuilder {
  private static final int LONGEST_NAME = 31;
  private static final int TWO_DIGITS = 100;
  private static final String[] CACHE = {"direct", "no-flush"};

  private final BlockNodes nodes;
  private final ImageLocks locks = new ImageLocks();
  private final RandomGenerator random;
  private int unnamed;

  NodeBuilder(BlockNodes nodes, RandomGenerator random) {
    this.nodes = nodes;
    this.random = random;
  }

  /**
   * Opens a node and those below it that have no name of their own.
   *
   * @throws QemuError if one of them cannot be opened; none is there then
   */
  BlockNode open(JsonObject members) throws QemuError {
    NodeOptions options = new NodeOptions(members);
    options.checkZeroes();
    @Nullable BlockNode below = below(options);
    try {
      return open(options, below);
    } catch (QemuError refused) {
      if (below != null && isOwn(options)) {
        nodes.remove(below);
      }
      throw refused;
    }
  }

  private BlockNode open(NodeOptions options, @Nullable BlockNode below) throws QemuError {
    Optional<String> wanted = options.members().text("node-name");
    QemuError.require(!wanted.equals(Optional.of("")), "Invalid node-name: ''");
    String name = name(wanted.orElse(""));
    BlockNode node = node(name, options, below);
    try {
      node.connect();
    } catch (QemuError refused) {
      node.image().close();
      throw refused;
    }
    nodes.register(node);
    return node;
  }

  ImageLocks locks() {
    return locks;
  }

  private static boolean isOwn(NodeOptions options) {
    return options.members().get("file").orElse(null) instanceof JsonObject;
  }

  private @Nullable BlockNode below(NodeOptions options) throws QemuError {
    JsonValue file = options.members().get("file").orElse(null);
    if (file instanceof JsonString reference) {
      return nodes.require("", reference.text(), reference.text());
    }
    return file instanceof JsonObject members ? open(inherit(options.members(), members)) : null;
  }

  /** What is said of a node holds for those that it opens, unless they say otherwise. */
  private static JsonObject inherit(JsonObject above, JsonObject below) {
    JsonObject members = JsonObject.empty();
    below.members().forEach(members::with);
    for (String option : new String[] {"read-only", "cache", "discard"}) {
      if (!members.has(option)) {
        above.get(option).ifPresent(value -> members.with(option, value));
      }
    }
    if (above.get("cache").isPresent() && below.get("cache").orElse(null) instanceof JsonObject c) {
      JsonObject merged = JsonObject.empty();
      for (String flag : CACHE) {
        c.get(flag)
            .or(() -> ((JsonObject) above.get("cache").orElseThrow()).get(flag))
            .ifPresent(value -> merged.with(flag, value));
      }
      members.with("cache", merged);
    }
    return members;
  }

  private BlockNode node(String name, NodeOptions options, @Nullable BlockNode below)
      throws QemuError {
    boolean readOnly = options.isOn("read-only");
    String driver = options.driver();
    return switch (driver) {
      case "null-co", "null-aio" ->
          new BlockNode(name, NullImage.of(driver, options.members()), options, null, readOnly);
      case "file", "host_device", "host_cdrom" -> file(name, options);
      case "raw" -> new BlockNode(name, raw(options, below), options, below, readOnly);
      case "qcow2" -> new BlockNode(name, qcow(below), options, below, readOnly);
      default ->
          throw QemuError.generic(
              "the emulator has no block driver '"
                  + driver
                  + "'; use 'file', 'host_device', 'raw', 'qcow2', 'null-co' or 'null-aio'");
    };
  }

  private static NodeImage raw(NodeOptions options, @Nullable BlockNode below) throws QemuError {
    return RawImage.of(required(below), options.members());
  }

  private static NodeImage qcow(@Nullable BlockNode below) throws QemuError {
    return Qcow2Image.of(required(below));
  }

  private static BlockNode required(@Nullable BlockNode below) throws QemuError {
    return Optional.ofNullable(below)
        .orElseThrow(() -> QemuError.generic("A block device must be specified for \"file\""));
  }

  private BlockNode file(String name, NodeOptions options) throws QemuError {
    String path =
        options.members().text("filename").orElseThrow(() -> Refusals.missing("filename"));
    HostFile file =
        HostFile.open(
            options.driver(), path, !options.isOn("read-only"), options.isOn("auto-read-only"));
    ImageLock lock = ImageLock.of(file, locks, !options.text("locking", "").equals("off"));
    NodeImage image = new FileImage(options.driver(), file, lock);
    return new BlockNode(name, image, options, null, file.isReadOnly());
  }

  private String name(String wanted) throws QemuError {
    if (wanted.isEmpty()) {
      return String.format("#block%d%02d", unnamed++, random.nextInt(TWO_DIGITS));
    }
    QemuError.require(Identifiers.isValid(wanted), "Invalid node-name: '" + wanted + "'");
    QemuError.require(
        nodes.find(wanted).isEmpty(), "Duplicate nodes with node-name='" + wanted + "'");
    QemuError.require(wanted.length() <= LONGEST_NAME, "Node name too long");
    return wanted;
  }
}
