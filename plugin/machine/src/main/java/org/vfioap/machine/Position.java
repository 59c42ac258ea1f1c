package org.vfioap.machine;

import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A place in a machine file.
 *
 * @param line counted from 1; 0 if the file as a whole is meant
 * @param column in characters, counted from 1; 0 if the file as a whole is meant
 */
record Position(String file, int line, int column) {

  static Position whole(String file) {
    return new Position(file, 0, 0);
  }

  static Position of(String file, Mark mark) {
    return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Returns the place behind this text, which the file begins with. */
  static Position after(String file, String text) {
    int lineStart = text.lastIndexOf('\n') + 1;
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    return new Position(file, line, 1 + text.codePointCount(lineStart, text.length()));
  }

  MachineFileException error(String problem, String allowed) {
    return new MachineFileException(this, problem, allowed);
  }

  /** Returns {@code FILE:LINE:COLUMN}, as compilers write it. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
