package org.vfioap.qemu.block;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The nodes of the block layer by name. Only the drivers that keep nothing are there: {@code
 * null-co} and {@code null-aio}. Source: block.c and blockdev.c of QEMU 7.2.
 */
public final class BlockNodes {
  private static final Set<String> DRIVERS = Set.of("null-co", "null-aio");
  private static final Set<String> FILES = Set.of("file", "host_device", "host_cdrom");
  private static final int LONGEST_NAME = 31;

  private final List<BlockNode> nodes = new ArrayList<>();

  /**
   * Adds the node that {@code blockdev-add} describes.
   *
   * @throws QemuError if it has no name or a bad one, or cannot be opened
   */
  public void add(JsonObject options) throws QemuError {
    String name = name(options);
    checkDriver(options);
    checkZeroes(options);
    checkName(name);
    if (number(options, "latency-ns") < 0) {
      throw QemuError.generic("latency-ns is invalid");
    }
    nodes.add(new BlockNode(name, options));
  }

  /**
   * Checks the node that an option of the command line describes, and keeps its name.
   *
   * @throws QemuError if it has no name or a bad one, or a file is not there
   */
  public void checkOption(JsonObject options) throws QemuError {
    String name = name(options);
    checkFile(options);
    if (options.get("file").orElse(null) instanceof JsonObject below) {
      checkFile(below);
    }
    String file = options.text("file").orElse("");
    if (!file.isEmpty() && !has(file)) {
      throw QemuError.generic("Cannot find device='" + file + "' nor node-name='" + file + "'");
    }
    checkName(name);
    nodes.add(new BlockNode(name, options));
  }

  private static String name(JsonObject options) throws QemuError {
    return options
        .text("node-name")
        .orElseThrow(() -> QemuError.generic("'node-name' must be specified for the root node"));
  }

  private static void checkFile(JsonObject options) throws QemuError {
    if (FILES.contains(options.text("driver").orElse(""))) {
      String file = options.text("filename").orElse("");
      if (!Files.exists(Path.of(file))) {
        throw QemuError.generic("Could not open '" + file + "': No such file or directory");
      }
      if (Files.isDirectory(Path.of(file))) {
        throw QemuError.generic("'file' driver requires '" + file + "' to be a regular file");
      }
    }
  }

  private static void checkDriver(JsonObject options) throws QemuError {
    String driver = options.text("driver").orElse("");
    checkFile(options);
    if (!DRIVERS.contains(driver)) {
      throw QemuError.generic(
          "the emulator has no block driver '" + driver + "'; use 'null-co' or 'null-aio'");
    }
  }

  private static void checkZeroes(JsonObject options) throws QemuError {
    boolean unmaps = options.text("detect-zeroes").orElse("").equals("unmap");
    if (unmaps && !options.text("discard").orElse("").equals("unmap")) {
      throw QemuError.generic(
          "setting detect-zeroes to unmap is not allowed without setting discard operation to"
              + " unmap");
    }
  }

  private void checkName(String name) throws QemuError {
    if (!Identifiers.isValid(name)) {
      throw QemuError.generic("Invalid node-name: '" + name + "'");
    }
    if (has(name)) {
      throw QemuError.generic("Duplicate nodes with node-name='" + name + "'");
    }
    if (name.length() > LONGEST_NAME) {
      throw QemuError.generic("Node name too long");
    }
  }

  private static long number(JsonObject options, String name) {
    return options.get(name).orElse(JsonNumber.of(0)) instanceof JsonNumber.Signed number
        ? number.value()
        : 0;
  }

  /** Says whether there is a node called {@code name}. */
  public boolean has(String name) {
    return nodes.stream().anyMatch(node -> node.name().equals(name));
  }

  /**
   * Deletes a node.
   *
   * @throws QemuError if there is none of that name
   */
  public void delete(String name) throws QemuError {
    if (!nodes.removeIf(node -> node.name().equals(name))) {
      throw QemuError.generic("Failed to find node with node-name='" + name + "'");
    }
  }

  /** Answers {@code query-named-block-nodes}: the latest first. */
  public JsonArray toJson() {
    List<JsonValue> answer = new ArrayList<>();
    nodes.forEach(node -> answer.add(0, node.toJson()));
    return new JsonArray(answer);
  }

  /** Answers {@code query-blockstats} about nodes: the oldest first. */
  public JsonArray statistics() {
    List<JsonValue> answer = new ArrayList<>();
    nodes.forEach(node -> answer.add(node.statistics()));
    return new JsonArray(answer);
  }
}
