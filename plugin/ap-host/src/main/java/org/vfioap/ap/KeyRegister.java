package org.vfioap.ap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A master key register of a coprocessor's domain: what a line of {@code mkvps} is about.
 *
 * <p>In the order of the lines. Source: Linux 6.12 zcrypt_cex4.c, cca_mkvps_show and
 * ep11_mkvps_show.
 */
@SuppressWarnings("ImmutableEnumChecker") // a List.of never changes
public enum KeyRegister {
  AES_NEW(AdapterMode.CCA, 16, KeyState.EMPTY, KeyState.PARTIAL, KeyState.FULL),
  AES_CUR(AdapterMode.CCA, 16, KeyState.INVALID, KeyState.VALID),
  AES_OLD(AdapterMode.CCA, 16, KeyState.INVALID, KeyState.VALID),
  APKA_NEW(AdapterMode.CCA, 16, KeyState.EMPTY, KeyState.PARTIAL, KeyState.FULL),
  APKA_CUR(AdapterMode.CCA, 16, KeyState.INVALID, KeyState.VALID),
  APKA_OLD(AdapterMode.CCA, 16, KeyState.INVALID, KeyState.VALID),
  ASYM_NEW(AdapterMode.CCA, 32, KeyState.EMPTY, KeyState.PARTIAL, KeyState.FULL),
  ASYM_CUR(AdapterMode.CCA, 32, KeyState.INVALID, KeyState.VALID),
  ASYM_OLD(AdapterMode.CCA, 32, KeyState.INVALID, KeyState.VALID),
  WK_CUR(AdapterMode.EP11, 64, KeyState.INVALID, KeyState.VALID),
  WK_NEW(AdapterMode.EP11, 64, KeyState.EMPTY, KeyState.UNCOMMITTED, KeyState.COMMITTED);

  private final AdapterMode mode;
  private final int digits;
  private final List<KeyState> states;

  KeyRegister(AdapterMode mode, int digits, KeyState... states) {
    this.mode = mode;
    this.digits = digits;
    this.states = List.of(states);
  }

  /** Returns the registers that a coprocessor of this mode has, in the order of {@code mkvps}. */
  public static List<KeyRegister> of(AdapterMode mode) {
    return Arrays.stream(values()).filter(register -> register.mode == mode).toList();
  }

  /**
   * Finds a register by its name in {@code mkvps}, {@code AES CUR}, in any case.
   *
   * @throws IllegalArgumentException if no coprocessor of this mode has it; the message lists those
   *     that it has
   */
  public static KeyRegister parse(String label, AdapterMode mode) {
    return of(mode).stream()
        .filter(register -> register.label().equals(label.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "key register '" + label + "' is unknown; allowed: " + labels(mode)));
  }

  private static String labels(AdapterMode mode) {
    if (of(mode).isEmpty()) {
      return "none, an accelerator has no keys";
    }
    return of(mode).stream().map(KeyRegister::label).collect(Collectors.joining(", "));
  }

  /** Returns the name in {@code mkvps}, {@code AES CUR}. */
  public String label() {
    return name().replace('_', ' ');
  }

  /** Returns what a register without a key says. */
  public KeyValue withoutKey() {
    return new KeyValue(states.get(0), "");
  }

  /** Tells whether it is one of a key that signs or exchanges others. */
  public boolean isAsymmetric() {
    return this == ASYM_NEW || this == ASYM_CUR || this == ASYM_OLD;
  }

  /**
   * Reads a state and a pattern as {@code mkvps} shows them: {@code valid 0x00fb53ecf0bf7ca2}, or
   * shorter: {@code empty}. A lone hyphen, or two, stands for what is not known.
   *
   * @throws IllegalArgumentException if this register cannot say that; the message tells what it
   *     can
   */
  public KeyValue value(String text) {
    String[] words = text.strip().split("\\s+", -1);
    KeyState state = state(words[0]);
    String given = words.length > 1 ? words[1] : "-";
    if (words.length > 2 || !isPattern(given, state.hasPattern())) {
      throw wrong(text);
    }
    return new KeyValue(
        state, state.hasPattern() ? given.substring(2).toLowerCase(Locale.ROOT) : "");
  }

  private KeyState state(String word) {
    if (word.equals(KeyState.UNKNOWN.label())) {
      return KeyState.UNKNOWN;
    }
    return states.stream()
        .filter(state -> state.label().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> wrong(word));
  }

  /** A register without a key has a hyphen or zeros in the place of its pattern. */
  private boolean isPattern(String text, boolean ofKey) {
    return ofKey
        ? text.matches("0[xX][0-9a-fA-F]{" + digits + "}")
        : text.equals("-") || text.equals("0x" + "0".repeat(digits));
  }

  private IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        label() + " cannot be '" + text + "'; allowed: " + allowed());
  }

  /** Returns what {@link #value} accepts, for messages. */
  public String allowed() {
    return states.stream()
            .map(
                s ->
                    s.hasPattern()
                        ? s.label() + " 0x and " + digits + " hexadecimal digits"
                        : s.label())
            .collect(Collectors.joining(", "))
        + ", or - for not known";
  }

  /** Returns the line of {@code mkvps}, without its newline. */
  public String line(KeyValue value) {
    return label() + ": " + text(value);
  }

  private String text(KeyValue value) {
    KeyState state = value.state();
    if (state.hasPattern()) {
      return state.label() + " 0x" + value.pattern();
    }
    boolean zeros = mode == AdapterMode.CCA && state != KeyState.UNKNOWN;
    return state.label() + (zeros ? " 0x" + "0".repeat(digits) : " -");
  }
}
