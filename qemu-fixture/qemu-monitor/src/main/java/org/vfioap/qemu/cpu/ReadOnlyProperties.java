package org.vfioap.qemu.cpu;

import java.util.Set;

/** The properties of a CPU that describe its model and cannot be written. */
final class ReadOnlyProperties {
  static final Set<String> NAMES =
      Set.of(
          "static",
          "migration-safe",
          "description",
          "type",
          "parent_bus",
          "hotplugged",
          "hotpluggable",
          "legacy-memory",
          "crash-information");

  private ReadOnlyProperties() {}
}
