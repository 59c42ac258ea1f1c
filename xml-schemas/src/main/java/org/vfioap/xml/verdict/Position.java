package org.vfioap.xml.verdict;

/**
 * A place in a document.
 *
 * @param file what people call the document
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {
  /** Of what was made by a program and not read. */
  public static final Position NONE = new Position("", 0, 0);

  /** Returns {@code file:line:column}, or nothing for {@link #NONE}. */
  @Override
  public String toString() {
    return equals(NONE) ? "" : file + ":" + line + ":" + column;
  }
}
