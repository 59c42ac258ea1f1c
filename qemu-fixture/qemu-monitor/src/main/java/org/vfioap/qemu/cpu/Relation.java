package org.vfioap.qemu.cpu;

import java.util.BitSet;
import java.util.Locale;

/** How one CPU model relates to another. */
enum Relation {
  INCOMPATIBLE,
  IDENTICAL,
  SUPERSET,
  SUBSET;

  static Relation ofAge(int comparison) {
    return comparison == 0 ? IDENTICAL : comparison < 0 ? SUBSET : SUPERSET;
  }

  static Relation ofFeatures(BitSet a, BitSet b) {
    boolean inside = FeatureTable.minus(a, b).isEmpty();
    boolean around = FeatureTable.minus(b, a).isEmpty();
    if (inside && around) {
      return IDENTICAL;
    }
    return inside ? SUBSET : around ? SUPERSET : INCOMPATIBLE;
  }

  /** Returns the relation that holds when both hold. */
  Relation and(Relation other) {
    if (this == IDENTICAL || this == other) {
      return other;
    }
    return other == IDENTICAL ? this : INCOMPATIBLE;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
