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

  private static final int LAST_FIRMWARE = 0xffff;
  private static final long LAST_ORDINAL = 0xffff_ffffL;

  /** Checks the ranges and copies what could change. */
  public CardInfo {
    if (apiOrdinal < 0 || apiOrdinal > LAST_ORDINAL || firmware < 0 || firmware > LAST_FIRMWARE) {
      throw new IllegalArgumentException("API " + apiOrdinal + " or firmware " + firmware);
    }
    modes = OperationMode.set(modes);
  }

  /** Returns the most characters that the serial number of such a coprocessor has. */
  public static int longestSerial(AdapterMode mode) {
    return mode == AdapterMode.EP11 ? 16 : 8;
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
