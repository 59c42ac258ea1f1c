package org.vfioap.qemu.qdev;

import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * What the setters of some properties refuse although the type fits. Source:
 * hw/core/qdev-properties-system.c, hw/block/block.c and softmmu/bootdevice.c of QEMU 7.2, and
 * measured.
 */
final class PropertyLimits {
  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "OnOffAuto", Set.of("on", "off", "auto"),
          "BlockdevOnError", Set.of("report", "ignore", "enospc", "stop", "auto"));
  private static final Set<String> BLOCK_SIZES =
      Set.of("logical_block_size", "physical_block_size");
  private static final long SMALLEST_BLOCK = 512;
  private static final long LARGEST_BLOCK = 2L << 20;

  private final String id;
  private final Board board;

  PropertyLimits(String model, String id, Board board) {
    // The device behind a virtio transport has no identifier.
    this.id = model.startsWith("virtio-") ? "" : id;
    this.board = board;
  }

  /** Returns the word if the enumeration has it. */
  static JsonValue choice(String name, String type, String word) throws QemuError {
    if (!CHOICES.getOrDefault(type, Set.of()).contains(word)) {
      throw Refusals.enumeration(name, word);
    }
    return JsonString.of(word);
  }

  void check(String name, String type, JsonValue value) throws QemuError {
    if (value instanceof JsonNumber.Signed number) {
      if (BLOCK_SIZES.contains(name)) {
        checkBlockSize(name, number.value());
      }
      if (name.equals("bootindex") && type.equals("int32") && number.value() >= 0) {
        checkBootIndex(number.value());
      }
    }
  }

  private void checkBlockSize(String name, long size) throws QemuError {
    String start = "Property " + id + "." + name + " doesn't take value ";
    if (size != 0 && (size < SMALLEST_BLOCK || size > LARGEST_BLOCK)) {
      throw QemuError.generic(
          start + size + " (minimum: " + SMALLEST_BLOCK + ", maximum: " + LARGEST_BLOCK + ")");
    }
    if (Long.bitCount(size) > 1) {
      throw QemuError.generic(start + "'" + size + "', it's not a power of 2");
    }
  }

  private void checkBootIndex(long index) throws QemuError {
    boolean used =
        board.devices().stream()
            .flatMap(device -> device.object().stream())
            .flatMap(object -> object.property("bootindex").stream())
            .anyMatch(property -> property.raw().equals(Long.toString(index)));
    if (used) {
      throw QemuError.generic("The bootindex " + index + " has already been used");
    }
  }
}
