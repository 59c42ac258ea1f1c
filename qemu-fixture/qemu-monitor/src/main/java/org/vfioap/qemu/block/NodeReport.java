package org.vfioap.qemu.block;

import org.vfioap.qemu.json.JsonObject;

/** What queries tell about a node. Source: block/qapi.c of QEMU 7.2. */
final class NodeReport {
  private static final String[] LIMITS = {
    "iops", "iops_rd", "iops_wr", "bps", "bps_rd", "bps_wr", "write_threshold", "backing_file_depth"
  };

  private NodeReport() {}

  static JsonObject of(BlockNode node) {
    NodeOptions options = node.options();
    JsonObject json = JsonObject.of("node-name", node.name()).with("drv", node.image().driver());
    json.with("file", node.filename()).with("ro", node.isReadOnly()).with("encrypted", false);
    json.with("detect_zeroes", options.text("detect-zeroes", "off"));
    for (String limit : LIMITS) {
      json.with(limit, 0);
    }
    return json.with("image", image(node)).with("cache", options.cache());
  }

  private static JsonObject image(BlockNode node) {
    JsonObject image =
        JsonObject.of("filename", node.filename())
            .with("format", node.image().driver())
            .with("actual-size", node.image().allocated())
            .with("virtual-size", node.image().size());
    node.image().describe(image);
    return image;
  }
}
