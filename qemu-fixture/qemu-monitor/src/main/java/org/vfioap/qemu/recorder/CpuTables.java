package org.vfioap.qemu.recorder;

import java.util.BitSet;
import java.util.Optional;

/**
 * The CPU features, groups and models that the program is built with.
 *
 * <p>A feature takes 24 bytes (name, description, type, bit), a group 16 (name, description) and
 * two bitmaps (run-time bits, bits), a model 32 (name, description, generation, type, GA, …) and
 * three pairs of such bitmaps: base, default, full. Bits are numbered by the place of the feature
 * in its table. A bitmap has 40 bytes in QEMU 7.2, 56 in 10.0 and 11.1: how far two groups are
 * apart tells.
 */
final class CpuTables {
  private static final int FEATURE = 24;
  private static final int GROUP_HEAD = 16;
  private static final int MODEL_HEAD = 32;

  private final ProgramImage image;
  private final int bitmap;
  private final int group;
  private final int model;

  CpuTables(ProgramImage image) {
    this.image = image;
    this.group = (int) (image.pointersTo("msa6").get(0) - image.pointersTo("msa5").get(0));
    this.bitmap = (group - GROUP_HEAD) / 2;
    this.model = MODEL_HEAD + 6 * bitmap;
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
    while (isEntry(at - group)) {
      at -= group;
    }
    long end = modelStart();
    for (; at != end && isEntry(at); at += group) {
      lines
          .append(image.textAt(at).orElseThrow())
          .append('\t')
          .append(bits(at + GROUP_HEAD + bitmap))
          .append('\n');
    }
    return lines.toString();
  }

  private String models() {
    StringBuilder lines = new StringBuilder();
    long at = modelStart();
    for (; isEntry(at) && isModel(at); at += model) {
      lines
          .append(image.textAt(at).orElseThrow() + "\t" + image.textAt(at + 8).orElseThrow())
          .append("\t" + image.byteAt(at + 16) + "\t" + image.shortAt(at + 18))
          .append("\t" + image.byteAt(at + 20))
          .append("\t" + modelBits(at, 1) + "\t" + modelBits(at, 3))
          .append("\t" + modelBits(at, 5) + "\n");
    }
    return lines.toString();
  }

  private String modelBits(long at, int place) {
    return bits(at + MODEL_HEAD + (long) place * bitmap);
  }

  private long modelStart() {
    return image.pointersTo("z900").stream()
        .filter(at -> image.textAt(at + model).equals(Optional.of("z900.2")))
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
    long[] words = new long[bitmap / 8];
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
