package org.vfioap.xml.document;

import org.vfioap.xml.verdict.Position;

/**
 * Finds where a tag begins: a parser tells where it ends, and no {@code <} stands inside one.
 *
 * <p>Asked in ascending order it reads the text once.
 */
final class TagPositions {
  private final String source;
  private final String file;
  private int line = 1;
  private int lineStart;

  TagPositions(String source, String file) {
    this.source = source;
    this.file = file;
  }

  /** Returns where the tag begins that ends before this line and column, both from 1. */
  Position ofTag(int endLine, int endColumn) {
    while (line < endLine && advance()) {}
    int end = Math.min(source.length(), lineStart + endColumn - 1);
    int start = source.lastIndexOf('<', Math.max(0, end - 1));
    return start < 0 ? new Position(file, endLine, endColumn) : at(start, endLine);
  }

  /** Goes to the next line. The end of a line is as XML has it: CR LF, LF or CR. */
  private boolean advance() {
    for (int i = lineStart; i < source.length(); i++) {
      char c = source.charAt(i);
      boolean first = c == '\r' && i + 1 < source.length() && source.charAt(i + 1) == '\n';
      if ((c == '\n' || c == '\r') && !first) {
        lineStart = i + 1;
        line++;
        return true;
      }
    }
    return false;
  }

  /** A tag may begin some lines before it ends; then the text before it is looked at again. */
  private Position at(int start, int endLine) {
    if (start >= lineStart) {
      return new Position(file, endLine, start - lineStart + 1);
    }
    int lines = (int) source.substring(start, lineStart).lines().count();
    return new Position(file, endLine - lines, start - source.lastIndexOf('\n', start - 1));
  }
}
