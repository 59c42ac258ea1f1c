package org.vfioap.qemu.recorder;

import java.util.List;
import java.util.Optional;

/**
 * The commands of the human monitor that the program is built with: names, argument types,
 * parameters, help. Layout of QEMU 7.2 to 11.1: 80 bytes each, the first five words are those and
 * the flags.
 */
final class HumanCommandTables {
  private static final int COMMAND = 80;

  private final ProgramImage image;

  HumanCommandTables(ProgramImage image) {
    this.image = image;
  }

  void record(RecordingFile out) {
    out.add("commands", table("device_add", "device_del"));
    out.add("info", table("qtree", "qdm"));
  }

  private String table(String command, String next) {
    long at = start(command, next);
    StringBuilder lines = new StringBuilder();
    for (; isCommand(at); at += COMMAND) {
      StringBuilder line = new StringBuilder();
      for (int field = 0; field < 5; field++) {
        String text = image.textAt(at + 8L * field).orElse("");
        line.append(text.replace("\n", "\\n").replace("\t", "\\t")).append('\t');
      }
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  /** Pointers to code, which come before a table, point to no readable text. */
  private boolean isCommand(long at) {
    return image.textAt(at).filter(name -> name.matches("[!-~]+")).isPresent();
  }

  private long start(String command, String next) {
    List<Long> candidates = image.pointersTo(command);
    long at =
        candidates.stream()
            .filter(a -> image.textAt(a + COMMAND).equals(Optional.of(next)))
            .findFirst()
            .orElseThrow();
    while (isCommand(at - COMMAND)) {
      at -= COMMAND;
    }
    return at;
  }
}
