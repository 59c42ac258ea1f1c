package org.vfioap.qemu.cpu;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The search for the newest definition whose base features are all there. Source:
 * target/s390x/cpu_models.c of QEMU 7.2; which base features may be absent is measured.
 */
record Baseline(int machineType, int generation, int level) {
  private static final List<String> OPTIONAL_BASE_FEATURES =
      List.of(
          "csske",
          "kmac-dea",
          "kmac-tdea-128",
          "kmac-tdea-192",
          "kmc-dea",
          "kmc-tdea-128",
          "kmc-tdea-192",
          "km-dea",
          "km-tdea-128",
          "km-tdea-192",
          "kimd-sha-1",
          "klmd-sha-1");

  static Baseline between(CpuDefinition a, CpuDefinition b) {
    if (a.generation() == b.generation()) {
      int type = a.machineType() == b.machineType() ? a.machineType() : 0;
      return new Baseline(type, a.generation(), Math.min(a.level(), b.level()));
    }
    CpuDefinition older = a.generation() < b.generation() ? a : b;
    return new Baseline(older.machineType(), older.generation(), older.level());
  }

  CpuDefinition find(CpuModels models, BitSet features) throws QemuError {
    BitSet optional = new BitSet();
    OPTIONAL_BASE_FEATURES.forEach(each -> models.table().find(each).ifPresent(optional::or));
    Optional<CpuDefinition> last = Optional.empty();
    for (CpuDefinition each : CpuModels.definitions()) {
      BitSet missing = FeatureTable.minus(each.base(), features);
      missing.andNot(optional);
      if (isTooNew(each) || !missing.isEmpty()) {
        break;
      }
      if (each.machineType() == machineType && each.level() == level) {
        return each;
      }
      last = Optional.of(each);
    }
    return last.orElseThrow(
        () ->
            QemuError.generic(
                "No compatible CPU model could be created as important base features are"
                    + " disabled"));
  }

  private boolean isTooNew(CpuDefinition each) {
    return each.generation() > generation
        || (each.generation() == generation && each.level() > level);
  }
}
