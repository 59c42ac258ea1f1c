package org.vfioap.translation.cpu;

import java.util.Set;

/**
 * Models from before zEC12, which cannot have AP features. Source: recorded CPU definitions of
 * qemu-system-s390x 7.2.
 */
final class OldModels {
  private static final Set<String> NAMES =
      Set.of("z900", "z800", "z990", "z890", "z9EC", "z9BC", "z10EC", "z10BC", "z196", "z114");

  private OldModels() {}

  static boolean contains(String model) {
    return NAMES.contains(model.replaceFirst("(\\.[0-9])?(-base)?$", ""));
  }
}
