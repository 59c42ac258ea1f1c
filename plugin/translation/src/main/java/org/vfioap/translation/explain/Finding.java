package org.vfioap.translation.explain;

/**
 * A rule, and what decides it.
 *
 * @param holds whether it lets the queue on its way to the guest
 * @param rule in a sentence that is true if it holds, or says what does not
 * @param file the file that was read
 * @param value what it says, shortened to the part that matters
 */
public record Finding(boolean holds, String rule, String file, String value) {
  /** Returns {@code yes} or {@code no}, the rule, the file and the value in one line. */
  @Override
  public String toString() {
    return (holds ? "yes  " : "no   ") + rule + "  [" + file + ": " + value + "]";
  }
}
