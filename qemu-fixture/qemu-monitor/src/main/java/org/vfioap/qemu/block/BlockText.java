package org.vfioap.qemu.block;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;

/**
 * What people read about disks. Source: block/monitor/block-hmp-cmds.c (print_block_info) and
 * block/qapi.c (bdrv_image_info_dump) of QEMU 7.2.
 */
public final class BlockText {
  private static final String[] RATES = {
    "bps",
    "bps_rd",
    "bps_wr",
    "bps_max",
    "bps_rd_max",
    "bps_wr_max",
    "iops",
    "iops_rd",
    "iops_wr",
    "iops_max",
    "iops_rd_max",
    "iops_wr_max",
    "iops_size"
  };

  private final Disks disks;
  private final StringBuilder text = new StringBuilder();

  /** Prints about {@code disks}. */
  public BlockText(Disks disks) {
    this.disks = disks;
  }

  /** Prints the disks, or all nodes, or those of one name. */
  public String print(String name, boolean nodes, boolean verbose) {
    if (!nodes) {
      for (BlockBackend backend : disks.visible()) {
        if (name.isEmpty() || name.equals(backend.name())) {
          print(backend, verbose);
        }
      }
    }
    boolean onlyNode = !name.isEmpty() && (nodes || text.isEmpty());
    if (onlyNode) {
      disks.nodes().find(name).ifPresent(node -> print(node.toJson(), verbose, "\n"));
    } else if (nodes) {
      String gap = "";
      for (BlockNode node : disks.nodes().latestFirst()) {
        print(node.toJson(), verbose, gap);
        gap = "\n";
      }
    }
    return text.toString();
  }

  private void print(JsonObject node, boolean verbose, String gap) {
    text.append(gap).append(node.text("node-name").orElse(""));
    medium(node);
    line("Cache mode:", cache(node));
    verbose(node, verbose);
  }

  private void print(BlockBackend backend, boolean verbose) {
    JsonObject json = backend.toJson();
    Optional<JsonObject> inserted = json.get("inserted").map(JsonObject.class::cast);
    text.append(text.isEmpty() ? "" : "\n").append(title(backend, inserted));
    inserted.ifPresentOrElse(this::medium, () -> text.append(": [not inserted]\n"));
    backend.device().ifPresent(device -> line("Attached to:", device.name()));
    if (backend.isRemovable()) {
      line("Removable device:", "not locked, tray " + (backend.isOpen() ? "open" : "closed"));
    }
    inserted.ifPresent(
        node -> {
          line("Cache mode:", cache(node));
          limits(node);
          verbose(node, verbose);
        });
  }

  private static String title(BlockBackend backend, Optional<JsonObject> inserted) {
    String node = inserted.flatMap(each -> each.text("node-name")).orElse("");
    if (!backend.name().isEmpty()) {
      return backend.name() + (node.isEmpty() ? "" : " (" + node + ")");
    }
    return node.isEmpty() ? backend.device().map(BlockDevice::name).orElse("") : node;
  }

  private void medium(JsonObject node) {
    boolean readOnly = node.get("ro").orElseThrow().toJson().equals("true");
    text.append(": ").append(node.text("file").orElse(""));
    text.append(" (").append(node.text("drv").orElse(""));
    text.append(readOnly ? ", read-only)\n" : ")\n");
    String zeroes = node.text("detect_zeroes").orElse("off");
    if (!zeroes.equals("off")) {
      line("Detect zeroes:", zeroes);
    }
  }

  private void line(String title, String value) {
    text.append(String.format(Locale.ROOT, "    %-17s %s%n", title, value));
  }

  private static String cache(JsonObject node) {
    JsonObject cache = (JsonObject) node.get("cache").orElseThrow();
    return (isOn(cache, "writeback") ? "writeback" : "writethrough")
        + (isOn(cache, "direct") ? ", direct" : "")
        + (isOn(cache, "no-flush") ? ", ignore flushes" : "");
  }

  private static boolean isOn(JsonObject object, String name) {
    return object.get(name).map(JsonValue::toJson).equals(Optional.of("true"));
  }

  private void limits(JsonObject node) {
    if (!node.has("group")) {
      return;
    }
    StringBuilder all = new StringBuilder();
    for (String rate : RATES) {
      JsonValue value = node.get(rate).orElse(JsonNumber.of(0));
      all.append(rate).append('=').append(value.toJson()).append(' ');
    }
    line("I/O throttling:", all + "group=" + node.text("group").orElse(""));
  }

  private void verbose(JsonObject node, boolean wanted) {
    if (!wanted) {
      return;
    }
    JsonObject image = (JsonObject) node.get("image").orElseThrow();
    long size = ((JsonNumber.Signed) image.get("virtual-size").orElseThrow()).value();
    long taken = ((JsonNumber.Signed) image.get("actual-size").orElseThrow()).value();
    text.append("\nImages:\nimage: ").append(image.text("filename").orElse(""));
    text.append("\nfile format: ").append(image.text("format").orElse(""));
    text.append("\nvirtual size: ").append(size(size)).append(" (").append(size);
    text.append(" bytes)\ndisk size: ").append(size(taken)).append('\n');
    image
        .get("cluster-size")
        .ifPresent(cluster -> text.append("cluster_size: ").append(cluster).append('\n'));
    image.get("format-specific").ifPresent(each -> specific((JsonObject) each));
  }

  private void specific(JsonObject format) {
    text.append("Format specific information:\n");
    JsonObject data = (JsonObject) format.get("data").orElseThrow();
    List<String> order =
        List.of(
            "compat",
            "compression-type",
            "lazy-refcounts",
            "refcount-bits",
            "corrupt",
            "extended-l2");
    Map<String, JsonValue> members = data.members();
    for (String name : order) {
      JsonValue value = members.get(name);
      if (value != null) {
        String shown = value instanceof JsonString string ? string.text() : value.toJson();
        text.append("    ").append(name.replace('-', ' ')).append(": ").append(shown).append('\n');
      }
    }
  }

  /** Source: util/cutils.c (size_to_str) of QEMU 7.2: three digits and a binary unit. */
  private static String size(long bytes) {
    String[] units = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    int unit = bytes == 0 ? 0 : (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    double value = bytes / Math.pow(1L << 10, unit);
    if (value >= 1000 && unit < units.length - 1) {
      unit++;
      value /= 1 << 10;
    }
    return significant(value) + " " + units[unit] + "B";
  }

  private static String significant(double value) {
    String digits =
        new java.math.BigDecimal(value).round(new java.math.MathContext(3)).toPlainString();
    return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
  }

  /** Prints what is counted: nothing is read or written. */
  public String statistics() {
    StringBuilder all = new StringBuilder();
    for (BlockBackend backend : disks.visible()) {
      if (backend.node().isPresent() || backend.device().isPresent()) {
        all.append(backend.name()).append(":");
        for (String counter :
            List.of(
                "rd_bytes",
                "wr_bytes",
                "rd_operations",
                "wr_operations",
                "flush_operations",
                "wr_total_time_ns",
                "rd_total_time_ns",
                "flush_total_time_ns",
                "rd_merged",
                "wr_merged",
                "idle_time_ns")) {
          all.append(' ').append(counter).append("=0");
        }
        all.append('\n');
      }
    }
    return all.toString();
  }
}
