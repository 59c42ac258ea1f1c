package org.vfioap.qemu.cpu;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.persona.PerVersion;
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
 * @param defaults features of the model without suffix, on the newest machine type
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

  /** The lines of the recording, read when the first is asked for. */
  private static final PerVersion<Map<String, String>> LINES =
      PerVersion.of(CpuDefinition::recordedLines);

  private static Map<String, String> recordedLines() {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : Recording.named("cpu").lines("models")) {
      lines.put(line.substring(0, line.indexOf('\t')), line);
    }
    return lines;
  }

  /** Returns the names of the recorded definitions, from the oldest on. */
  static Set<String> names() {
    return LINES.get().keySet();
  }

  /** Returns the recorded definition of that name. */
  static Optional<CpuDefinition> recorded(String name) {
    return Optional.ofNullable(LINES.get().get(name)).map(CpuDefinition::parse);
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

  /** Compares the age: generation, then GA level. */
  int compareAge(CpuDefinition other) {
    int byGeneration = Integer.compare(generation, other.generation);
    return byGeneration != 0 ? byGeneration : Integer.compare(level, other.level);
  }
}
