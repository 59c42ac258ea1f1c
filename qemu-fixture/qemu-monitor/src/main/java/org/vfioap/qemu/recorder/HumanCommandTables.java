package org.vfioap.qemu.recorder;

import java.io.IOException;
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

  /** Records the commands and topics; those that the help does not name are for other targets. */
  void record(LiveQemu qemu, RecordingFile out) throws IOException {
    out.add("commands", table("device_add", "device_del", qemu.human("help")));
    out.add("info", table("qtree", "qdm", qemu.human("help info").replaceAll("(?m)^info ", "")));
  }

  private String table(String command, String next, String help) {
    long at = start(command, next);
    StringBuilder lines = new StringBuilder();
    for (; isCommand(at); at += COMMAND) {
      String name = image.textAt(at).orElse("");
      StringBuilder line = new StringBuilder();
      for (int field = 0; field < 5; field++) {
        String text = image.textAt(at + 8L * field).orElse("");
        line.append(text.replace("\n", "\\n").replace("\t", "\\t")).append('\t');
      }
      if (!("\n" + help).contains("\n" + name + " ")) {
        line.append("foreign");
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
