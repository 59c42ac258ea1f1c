package org.vfioap.ap;

import java.util.Locale;

/**
 * What an adapter was configured to be on the machine's support element.
 *
 * <p>The function bits are those that TAPQ returns, bit 0 leftmost; sources: Linux 6.1
 * arch/s390/include/asm/ap.h and ap_functions of real machines.
 */
public enum AdapterMode {
  /** Clear-key RSA only. */
  ACCELERATOR(0x08000000, 0x6A800000, "accel", 'A', "Accelerator"),
  /** CCA coprocessor. */
  CCA(0x10000000, 0x92800000, "cca", 'C', "CCA-Coproc"),
  /** EP11 (PKCS #11) coprocessor; CEX4 and newer. */
  EP11(0x04000000, 0x06800000, "ep11", 'P', "EP11-Coproc");

  private final int bit;
  private final int functions;
  private final String label;
  private final char suffix;
  private final String title;

  AdapterMode(int bit, int functions, String label, char suffix, String title) {
    this.bit = bit;
    this.functions = functions;
    this.label = label;
    this.suffix = suffix;
    this.title = title;
  }

  /** Returns the function bit that says this mode. */
  public int bit() {
    return bit;
  }

  /** Returns all function bits of a typical adapter in this mode. */
  public int functions() {
    return functions;
  }

  /** Returns the word in uevents and machine files: accel, cca or ep11. */
  public String label() {
    return label;
  }

  /** Returns the letter behind the generation in {@code type}, as in CEX8C. */
  public char suffix() {
    return suffix;
  }

  /** Returns lszcrypt's word for the mode. */
  public String title() {
    return title;
  }

  /**
   * Finds a mode by its word, in any case.
   *
   * @throws IllegalArgumentException for any other text; the message lists the words
   */
  public static AdapterMode parse(String label) {
    for (AdapterMode mode : values()) {
      if (mode.label.equals(label.toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "unknown adapter mode '" + label + "'; known are accel, cca, ep11");
  }
}
