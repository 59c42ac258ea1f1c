package org.vfioap.qemu.block;

import java.util.Optional;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;

/** A node of a driver that keeps nothing. Source: block/null.c and block/qapi.c of QEMU 7.2. */
record BlockNode(String name, JsonObject options) {
  private static final long USUAL_SIZE = 1L << 30;
  private static final String[] LIMITS = {
    "iops", "iops_rd", "iops_wr", "bps", "bps_rd", "bps_wr", "write_threshold", "backing_file_depth"
  };
  private static final String[] COUNTERS = {
    "rd_bytes",
    "wr_bytes",
    "unmap_bytes",
    "rd_operations",
    "wr_operations",
    "flush_operations",
    "unmap_operations",
    "rd_total_time_ns",
    "wr_total_time_ns",
    "flush_total_time_ns",
    "unmap_total_time_ns",
    "wr_highest_offset",
    "rd_merged",
    "wr_merged",
    "unmap_merged",
    "failed_rd_operations",
    "failed_wr_operations",
    "failed_flush_operations",
    "failed_unmap_operations",
    "invalid_rd_operations",
    "invalid_wr_operations",
    "invalid_flush_operations",
    "invalid_unmap_operations"
  };

  private String driver() {
    return options.text("driver").orElse("");
  }

  /** Returns the short name, or the options if it cannot say them. */
  private String filename() {
    JsonObject telling = JsonObject.empty();
    for (String option : new String[] {"driver", "size", "read-zeroes"}) {
      options.get(option).ifPresent(value -> telling.with(option, value));
    }
    return telling.size() == 1 ? driver() + "://" : "json:" + telling.toJson();
  }

  /** Returns an element of {@code query-named-block-nodes}. */
  JsonObject toJson() {
    JsonObject json = JsonObject.of("node-name", name).with("drv", driver());
    json.with("file", filename()).with("ro", isOn(options, "read-only")).with("encrypted", false);
    json.with("detect_zeroes", options.text("detect-zeroes").orElse("off"));
    for (String limit : LIMITS) {
      json.with(limit, 0);
    }
    return json.with("image", image()).with("cache", cache());
  }

  private JsonObject image() {
    return JsonObject.of("filename", filename())
        .with("format", driver())
        .with("actual-size", 0)
        .with("virtual-size", options.get("size").orElse(JsonNumber.of(USUAL_SIZE)));
  }

  private JsonObject cache() {
    JsonObject wanted = (JsonObject) options.get("cache").orElseGet(JsonObject::empty);
    return JsonObject.empty()
        .with("writeback", true)
        .with("direct", isOn(wanted, "direct"))
        .with("no-flush", isOn(wanted, "no-flush"));
  }

  private static boolean isOn(JsonObject object, String name) {
    return object.get(name).equals(Optional.<JsonValue>of(JsonBool.TRUE));
  }

  /** Returns an element of {@code query-blockstats} for nodes. */
  JsonObject statistics() {
    JsonObject json =
        JsonObject.empty().with("account_invalid", false).with("account_failed", false);
    for (String counter : COUNTERS) {
      json.with(counter, 0);
    }
    json.with("timed_stats", JsonArray.EMPTY);
    return JsonObject.of("stats", json).with("node-name", name);
  }
}
