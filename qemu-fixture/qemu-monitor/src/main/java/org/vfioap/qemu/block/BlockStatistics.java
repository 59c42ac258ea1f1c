package org.vfioap.qemu.block;

import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;

/** What is counted: nothing is read or written. Source: block/qapi.c of QEMU 7.2. */
final class BlockStatistics {
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

  private BlockStatistics() {}

  /** Returns an element of {@code query-blockstats} for nodes. */
  static JsonObject of(BlockNode node) {
    JsonObject json = JsonObject.of("stats", counters(false)).with("node-name", node.name());
    node.image().count(json);
    node.below().ifPresent(below -> json.with("parent", of(below)));
    return json;
  }

  /** Returns an element of {@code query-blockstats} for what devices have. */
  static JsonObject of(BlockBackend backend) {
    JsonObject json = backend.node().map(BlockStatistics::of).orElseGet(JsonObject::empty);
    json.with("device", backend.name());
    json.with("stats", counters(backend.device().isPresent() || backend.drive().isPresent()));
    backend.device().ifPresent(device -> json.with("qdev", device.name()));
    return json;
  }

  private static JsonObject counters(boolean ofDevice) {
    JsonObject json = JsonObject.empty();
    json.with("account_invalid", ofDevice).with("account_failed", ofDevice);
    for (String counter : COUNTERS) {
      json.with(counter, 0);
    }
    return json.with("timed_stats", JsonArray.EMPTY);
  }
}
