package org.vfioap.ap;

import java.util.Set;

/**
 * What a coprocessor answers when it is asked about its adapter.
 *
 * @param serial the serial number: up to 8 characters of CCA, 16 of EP11
 * @param apiOrdinal of EP11, 0 if it does not say
 * @param firmware major and minor version of EP11's firmware, a byte each; 0 if it does not say
 * @param modes of EP11
 */
public record CardInfo(String serial, long apiOrdinal, int firmware, Set<OperationMode> modes) {
  /** A coprocessor without anything to tell. */
  public static final CardInfo BLANK = new CardInfo("", 0, 0, Set.of());

  private static final int LONGEST_OF_CCA = 8;
  private static final int LONGEST_OF_EP11 = 16;
  private static final int LAST_BYTE = 255;
  private static final int LAST_FIRMWARE = 0xffff;
  private static final long LAST_ORDINAL = 0xffff_ffffL;

  /** Checks the ranges and copies what could change. */
  public CardInfo {
    if (apiOrdinal < 0 || apiOrdinal > LAST_ORDINAL || firmware < 0 || firmware > LAST_FIRMWARE) {
      throw new IllegalArgumentException("API " + apiOrdinal + " or firmware " + firmware);
    }
    modes = OperationMode.set(modes);
  }

  /**
   * Returns the text if it can be the serial number of such a coprocessor.
   *
   * @throws IllegalArgumentException if not; the message tells what can
   */
  public static String serial(String text, AdapterMode mode) {
    int longest = mode == AdapterMode.EP11 ? LONGEST_OF_EP11 : LONGEST_OF_CCA;
    if (!text.matches("[!-~]{0," + longest + "}")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a serial number; allowed: up to "
              + longest
              + " letters, digits and punctuation without blanks");
    }
    return text;
  }

  /**
   * Reads a version of the firmware, {@code 3.6}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static int firmware(String text) {
    int dot = text.indexOf('.');
    if (text.matches("[0-9]{1,3}[.][0-9]{1,3}")) {
      int major = Integer.parseInt(text.substring(0, dot));
      int minor = Integer.parseInt(text.substring(dot + 1));
      if (major <= LAST_BYTE && minor <= LAST_BYTE) {
        return major << 8 | minor;
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a firmware version; allowed: 0.0 to 255.255, as 3.6");
  }

  /** Returns the version of the firmware as {@link #firmware(String)} reads it. */
  public String firmwareText() {
    return (firmware >> 8) + "." + (firmware & LAST_BYTE);
  }

  /**
   * Reads an API ordinal number.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static long apiOrdinal(String text) {
    if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > LAST_ORDINAL) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an API ordinal number; allowed: 0 to " + LAST_ORDINAL);
    }
    return Long.parseLong(text);
  }

  /** Returns the same with another serial number. */
  public CardInfo withSerial(String other) {
    return new CardInfo(other, apiOrdinal, firmware, modes);
  }

  /** Returns the same with another API ordinal number. */
  public CardInfo withApiOrdinal(long other) {
    return new CardInfo(serial, other, firmware, modes);
  }

  /** Returns the same with another version of the firmware. */
  public CardInfo withFirmware(int other) {
    return new CardInfo(serial, apiOrdinal, other, modes);
  }

  /** Returns the same with other operation modes. */
  public CardInfo withModes(Set<OperationMode> other) {
    return new CardInfo(serial, apiOrdinal, firmware, other);
  }
}
