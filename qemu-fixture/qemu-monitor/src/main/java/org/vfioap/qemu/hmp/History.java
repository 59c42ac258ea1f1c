package org.vfioap.qemu.hmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last 64 lines; a line that comes again moves to the end. Source: util/readline.c of QEMU 7.2.
 */
final class History {
  private static final int LINES = 64;

  private final List<String> lines = new ArrayList<>();
  private int position = -1;

  void rewind() {
    position = -1;
  }

  void add(String line) {
    if (!line.isEmpty()) {
      lines.remove(line);
      lines.add(line);
      if (lines.size() > LINES) {
        lines.remove(0);
      }
    }
    rewind();
  }

  Optional<String> earlier(String current) {
    if (position == 0 || lines.isEmpty()) {
      return Optional.empty();
    }
    position = position < 0 ? lines.size() - 1 : position - 1;
    return Optional.of(lines.get(position)).filter(line -> position >= 0 || !current.isEmpty());
  }

  Optional<String> later() {
    if (position < 0) {
      return Optional.empty();
    }
    if (position < lines.size() - 1) {
      position++;
      return Optional.of(lines.get(position));
    }
    position = -1;
    return Optional.of("");
  }
}
