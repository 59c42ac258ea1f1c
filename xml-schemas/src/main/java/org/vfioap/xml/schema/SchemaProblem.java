package org.vfioap.xml.schema;

import org.vfioap.xml.verdict.Position;

/**
 * Something that the schema does not allow.
 *
 * @param position where the element begins
 * @param text what is wrong and what would be allowed
 */
public record SchemaProblem(Position position, String text) {
  /** Returns {@code file:line:column: text}. */
  @Override
  public String toString() {
    return position + ": " + text;
  }
}
