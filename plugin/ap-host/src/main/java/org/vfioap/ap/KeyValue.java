package org.vfioap.ap;

/**
 * What a coprocessor says of a master key register.
 *
 * @param state whether there is a key
 * @param pattern the verification pattern of the key, lower-case hexadecimal digits; empty without
 *     a key
 */
public record KeyValue(KeyState state, String pattern) {
  /** What a coprocessor that does not answer says. */
  public static final KeyValue UNKNOWN = new KeyValue(KeyState.UNKNOWN, "");

  /** Returns the words that {@link KeyRegister#value} reads. */
  @Override
  public String toString() {
    return pattern.isEmpty() ? state.label() : state.label() + " 0x" + pattern;
  }
}
