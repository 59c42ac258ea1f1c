package org.vfioap.qemu.block;

import java.util.Optional;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.scalar.Numbers;

/** What keeps nothing. Source: block/null.c of QEMU 7.2. */
record NullImage(String driver, JsonObject options) implements NodeImage {
  private static final long USUAL_SIZE = 1L << 30;

  /**
   * Makes one.
   *
   * @throws QemuError if it is to be slow by less than no time
   */
  static NullImage of(String driver, JsonObject options) throws QemuError {
    QemuError.require(number(options, "latency-ns", 0) >= 0, "latency-ns is invalid");
    return new NullImage(driver, options);
  }

  static long number(JsonObject options, String name, long otherwise) {
    JsonValue value = options.get(name).orElse(JsonNumber.of(otherwise));
    if (value instanceof JsonString text) {
      return Numbers.size(text.text(), 1).orElse(otherwise);
    }
    return value instanceof JsonNumber.Signed number ? number.value() : otherwise;
  }

  @Override
  public long size() {
    return NodeImage.sectors(number(options, "size", USUAL_SIZE));
  }

  @Override
  public long allocated() {
    return 0;
  }

  @Override
  public Optional<String> filename() {
    return identity().size() == 1 ? Optional.of(driver + "://") : Optional.empty();
  }

  @Override
  public JsonObject identity() {
    JsonObject telling = JsonObject.of("driver", driver);
    if (options.has("size")) {
      telling.with("size", number(options, "size", USUAL_SIZE));
    }
    if (options.has("read-zeroes")) {
      telling.with("read-zeroes", new NodeOptions(options).isOn("read-zeroes"));
    }
    return telling;
  }
}
