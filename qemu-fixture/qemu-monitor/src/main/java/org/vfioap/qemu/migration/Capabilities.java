package org.vfioap.qemu.migration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** What is switched on. Source: migration/migration.c (migrate_caps_check) of QEMU 7.2. */
final class Capabilities {
  private final TreeSet<String> enabled = new TreeSet<>();

  boolean has(String name) {
    return enabled.contains(name);
  }

  /** Switches all or none. */
  void set(JsonArray list) throws QemuError {
    TreeSet<String> wanted = new TreeSet<>(enabled);
    for (JsonValue each : list.items()) {
      JsonObject capability = (JsonObject) each;
      String name = capability.text("capability").orElse("");
      wanted.remove(name);
      if (capability.get("state").orElse(JsonBool.FALSE) == JsonBool.TRUE) {
        wanted.add(name);
      }
    }
    check(wanted);
    enabled.clear();
    enabled.addAll(wanted);
  }

  private static void check(Set<String> wanted) throws QemuError {
    if (wanted.contains("background-snapshot")) {
      for (String other :
          new String[] {
            "postcopy-ram",
            "dirty-bitmaps",
            "postcopy-blocktime",
            "late-block-activate",
            "return-path",
            "multifd",
            "pause-before-switchover",
            "auto-converge",
            "release-ram",
            "rdma-pin-all",
            "compress",
            "xbzrle",
            "x-colo",
            "validate-uuid",
            "zero-copy-send"
          }) {
        if (wanted.contains(other)) {
          throw QemuError.generic("Background-snapshot is not compatible with " + other);
        }
      }
    }
    if (wanted.contains("zero-copy-send")
        && (!wanted.contains("multifd") || wanted.contains("compress"))) {
      throw QemuError.generic(
          "Zero copy only available for non-compressed non-TLS multifd migration");
    }
    if (wanted.contains("postcopy-preempt") && !wanted.contains("postcopy-ram")) {
      throw QemuError.generic("Postcopy preempt requires postcopy-ram");
    }
    if (wanted.contains("multifd") && wanted.contains("compress")) {
      throw QemuError.generic("Multifd is not compatible with compress");
    }
  }

  /** Returns the recorded list with what is switched on. */
  JsonArray toJson(JsonArray recorded) {
    return JsonArray.of(recorded.items().stream().map(this::capability).toList());
  }

  private JsonValue capability(JsonValue recorded) {
    Map<String, JsonValue> members = new LinkedHashMap<>(((JsonObject) recorded).members());
    JsonValue name = members.getOrDefault("capability", JsonString.of(""));
    boolean on = name instanceof JsonString string && enabled.contains(string.text());
    return JsonObject.empty().with("state", on).with("capability", name);
  }
}
