package org.vfioap.qemu.block;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.Switches;

/**
 * The name of a drive's file: a path, or a protocol and what follows its colon. Source: block.c
 * (bdrv_find_protocol, path_has_protocol) and block/null.c of QEMU 7.2.
 *
 * @param protocol empty if there is none
 * @param rest the name without it
 */
record DriveFile(String protocol, String rest) {
  private static final String JSON = "json:";
  private static final Set<String> NULLS = Set.of("null-co", "null-aio");
  private static final Set<String> FILES = Set.of("file", "host_device", "host_cdrom");

  /** Protocols of QEMU that the emulator does not speak. */
  private static final Set<String> UNBUILT =
      Set.of("nbd", "nbd+tcp", "nbd+unix", "fat", "blkdebug", "blkverify", "vvfat");

  private static final Map<String, String> NULL_OPTIONS =
      Map.of("size", "number", "latency-ns", "number", "read-zeroes", "bool");

  static DriveFile of(String name) {
    int colon = name.indexOf(':');
    int slash = name.indexOf('/');
    boolean protocol = colon >= 0 && (slash < 0 || colon < slash);
    return protocol
        ? new DriveFile(name.substring(0, colon), name.substring(colon + 1))
        : new DriveFile("", name);
  }

  /** Says whether it names a file or device of the host. */
  boolean isPath() {
    return protocol.isEmpty() || FILES.contains(protocol);
  }

  /**
   * Returns the node of another protocol.
   *
   * @throws QemuError if QEMU does not know it or the emulator does not speak it
   */
  JsonObject node() throws QemuError {
    if (NULLS.contains(protocol)) {
      QemuError.require(
          rest.equals("//"), "The only allowed filename for this driver is '" + protocol + "://'");
      return JsonObject.of("driver", protocol);
    }
    QemuError.require(
        !UNBUILT.contains(protocol),
        "the emulator does not speak '" + protocol + "'; use a file, or null-co://");
    throw QemuError.generic("Unknown protocol '" + protocol + "'");
  }

  /** Returns the node that {@code json:{…}} describes; nothing if the name is another. */
  static Optional<JsonObject> described(String name) throws QemuError {
    if (!name.startsWith(JSON)) {
      return Optional.empty();
    }
    try {
      return JsonReader.parse(name.substring(JSON.length())) instanceof JsonObject node
          ? Optional.of(node)
          : Optional.empty();
    } catch (JsonSyntaxException refused) {
      throw QemuError.generic(refused.text());
    }
  }

  /**
   * Sets what is said of a node that holds nothing.
   *
   * @throws QemuError if it has no such option
   */
  static void option(JsonObject node, String name, String text) throws QemuError {
    String driver = node.text("driver").orElse("");
    String type = NULLS.contains(driver) ? NULL_OPTIONS.getOrDefault(name, "") : "";
    QemuError.require(
        !type.isEmpty(),
        "Block protocol '" + driver + "' doesn't support the option '" + name + "'");
    JsonValue value =
        type.equals("bool")
            ? JsonString.of(Switches.isOn(text) ? "on" : "off")
            : JsonNumber.of(Numbers.size(text, 1).orElse(0));
    node.with(name, value);
  }
}
