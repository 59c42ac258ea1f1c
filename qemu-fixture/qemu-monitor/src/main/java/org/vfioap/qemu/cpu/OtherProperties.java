package org.vfioap.qemu.cpu;

import java.util.Map;

/** The properties of a CPU that say nothing about its model; a model description may set them. */
final class OtherProperties {
  /** The types by name. */
  static final Map<String, String> TYPES =
      Map.of(
          "core-id", "uint32",
          "memory", "link<memory-region>",
          "realized", "bool",
          "start-powered-off", "bool");

  private OtherProperties() {}
}
