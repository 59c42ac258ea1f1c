package org.vfioap.qemu.guest;

import java.util.List;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Which limits go together. Source: util/throttle.c (throttle_is_valid, throttle_limits_to_config)
 * of QEMU 7.2.
 */
final class ThrottleRules {
  private static final long LARGEST = 1_000_000_000_000_000L;
  private static final long LONGEST = 0xFFFFFFFFL;

  /** In the order in which QEMU reads the lengths of bursts. */
  private static final List<String> BUCKETS =
      List.of("bps-total", "bps-read", "bps-write", "iops-total", "iops-read", "iops-write");

  private final JsonObject limits;
  private final String prefix;

  private ThrottleRules(JsonObject limits, String prefix) {
    this.limits = limits;
    this.prefix = prefix;
  }

  /**
   * Checks a group, whose limits stand in {@code limits} or beside its name with x- before them.
   */
  static void check(JsonObject members) throws QemuError {
    if (members.get("limits").orElse(null) instanceof JsonObject limits) {
      new ThrottleRules(limits, "").check();
    } else {
      new ThrottleRules(members, "x-").check();
    }
  }

  private void check() throws QemuError {
    for (String bucket : BUCKETS) {
      String name = bucket + "-max-length";
      boolean fits = Long.compareUnsigned(value(name, 1), LONGEST) <= 0;
      QemuError.require(fits, name + " value must be in the range [0, " + LONGEST + "]");
    }
    boolean clash = clashes("bps", "") || clashes("iops", "");
    clash |= clashes("bps", "-max") || clashes("iops", "-max");
    QemuError.require(
        !clash, "bps/iops/max total values and read/write values cannot be used at the same time");
    boolean counted = isSet("iops-total") || isSet("iops-read") || isSet("iops-write");
    QemuError.require(!isSet("iops-size") || counted, "iops size requires an iops value to be set");
    for (String bucket : BUCKETS) {
      checkBucket(value(bucket, 0), value(bucket + "-max", 0), value(bucket + "-max-length", 1));
    }
  }

  private boolean clashes(String unit, String kind) {
    return isSet(unit + "-total" + kind)
        && (isSet(unit + "-read" + kind) || isSet(unit + "-write" + kind));
  }

  private static void checkBucket(long average, long most, long length) throws QemuError {
    QemuError.require(
        Long.compareUnsigned(average, LARGEST) <= 0 && Long.compareUnsigned(most, LARGEST) <= 0,
        "bps/iops/max values must be within [0, " + LARGEST + "]");
    QemuError.require(length != 0, "the burst length cannot be 0");
    QemuError.require(length <= 1 || most != 0, "burst length set without burst rate");
    QemuError.require(
        most == 0 || length <= LARGEST / most, "burst length too high for this burst rate");
    QemuError.require(
        most == 0 || average != 0, "bps_max/iops_max require corresponding bps/iops values");
    QemuError.require(
        most == 0 || most >= average, "bps_max/iops_max cannot be lower than bps/iops");
  }

  private boolean isSet(String name) {
    return value(name, 0) != 0;
  }

  private long value(String name, long otherwise) {
    return limits.get(prefix + name).orElse(null) instanceof JsonNumber.Signed number
        ? number.value()
        : otherwise;
  }
}
