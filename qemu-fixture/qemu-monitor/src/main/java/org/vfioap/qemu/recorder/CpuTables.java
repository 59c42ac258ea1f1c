package org.vfioap.qemu.recorder;

import java.util.BitSet;
import java.util.Optional;

/**
 * The CPU features, groups and models that the program is built with.
 *
 * <p>Layout of QEMU 7.2: a feature takes 24 bytes (name, description, type, bit), a group 96 (name,
 * description, run-time bits, bits), a model 272 (name, description, generation, type, GA, …, then
 * three pairs of run-time bits and bits: base, default, full). Bits are numbered by the place of
 * the feature in its table.
 */
final class CpuTables {
  private static final int FEATURE = 24;
  private static final int GROUP = 96;
  private static final int MODEL = 272;
  private static final int BITS = 40;

  private final ProgramImage image;

  CpuTables(ProgramImage image) {
    this.image = image;
  }

  void record(RecordingFile out) {
    out.add("features", features());
    out.add("groups", groups());
    out.add("models", models());
  }

  private String features() {
    StringBuilder lines = new StringBuilder();
    long at = image.pointersTo("esan3").get(0);
    while (isEntry(at) && !image.textAt(at).orElseThrow().endsWith("s390x-cpu")) {
      lines.append(image.textAt(at).orElseThrow()).append('\n');
      at += FEATURE;
    }
    return lines.toString();
  }

  private String groups() {
    StringBuilder lines = new StringBuilder();
    long at = image.pointersTo("msa5").get(0);
    while (isEntry(at - GROUP)) {
      at -= GROUP;
    }
    long end = modelStart();
    for (; at != end && isEntry(at); at += GROUP) {
      lines.append(image.textAt(at).orElseThrow()).append('\t').append(bits(at + 56)).append('\n');
    }
    return lines.toString();
  }

  private String models() {
    StringBuilder lines = new StringBuilder();
    long at = modelStart();
    for (; isEntry(at) && isModel(at); at += MODEL) {
      lines
          .append(image.textAt(at).orElseThrow() + "\t" + image.textAt(at + 8).orElseThrow())
          .append("\t" + image.byteAt(at + 16) + "\t" + image.shortAt(at + 18))
          .append("\t" + image.byteAt(at + 20))
          .append("\t" + bits(at + 72) + "\t" + bits(at + 152) + "\t" + bits(at + 232) + "\n");
    }
    return lines.toString();
  }

  private long modelStart() {
    return image.pointersTo("z900").stream()
        .filter(at -> image.textAt(at + MODEL).equals(Optional.of("z900.2")))
        .findFirst()
        .orElseThrow();
  }

  private boolean isModel(long at) {
    return image.textAt(at + 8).orElseThrow().startsWith("IBM ");
  }

  private boolean isEntry(long at) {
    return image.textAt(at).isPresent() && image.textAt(at + 8).isPresent();
  }

  private String bits(long at) {
    long[] words = new long[BITS / 8];
    for (int i = 0; i < words.length; i++) {
      words[i] = image.longAt(at + 8L * i);
    }
    StringBuilder hex = new StringBuilder();
    for (byte b : BitSet.valueOf(words).toByteArray()) {
      hex.append(String.format("%02x", b));
    }
    return hex.toString();
  }
}
