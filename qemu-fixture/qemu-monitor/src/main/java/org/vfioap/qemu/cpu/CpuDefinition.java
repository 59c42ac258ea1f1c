package org.vfioap.qemu.cpu;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vfioap.qemu.recording.Recording;

/**
 * A generation of the hardware as QEMU knows it.
 *
 * @param name QEMU's name, as in {@code z14.2}
 * @param description as in {@code IBM z14 GA2}
 * @param generation the number of the generation: 14 for z14
 * @param machineType the hardware's type number: 0x3906
 * @param level the GA level
 * @param base features of the {@code -base} model
 * @param defaults features of the model without suffix
 * @param full features that may be switched on
 */
record CpuDefinition(
    String name,
    String description,
    int generation,
    int machineType,
    int level,
    BitSet base,
    BitSet defaults,
    BitSet full) {

  /** What the recording has, read once when the first is asked for. */
  private static final class Recorded {
    static final Map<String, CpuDefinition> BY_NAME = new LinkedHashMap<>();

    static {
      for (String line : Recording.named("cpu").lines("models")) {
        CpuDefinition definition = parse(line);
        BY_NAME.put(definition.name, definition);
      }
    }
  }

  /** Returns the recorded definitions by name, from the oldest on. */
  static Map<String, CpuDefinition> recorded() {
    return Recorded.BY_NAME;
  }

  private static CpuDefinition parse(String line) {
    String[] fields = line.split("\t", -1);
    return new CpuDefinition(
        fields[0],
        fields[1],
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]),
        Integer.parseInt(fields[4]),
        FeatureTable.parse(fields[5]),
        FeatureTable.parse(fields[6]),
        FeatureTable.parse(fields[7]));
  }

  CpuDefinition withDefaults(BitSet features) {
    return new CpuDefinition(
        name, description, generation, machineType, level, base, features, full);
  }

  /** Compares the age: generation, then GA level. */
  int compareAge(CpuDefinition other) {
    int byGeneration = Integer.compare(generation, other.generation);
    return byGeneration != 0 ? byGeneration : Integer.compare(level, other.level);
  }
}
