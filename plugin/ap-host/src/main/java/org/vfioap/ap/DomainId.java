package org.vfioap.ap;

/**
 * The number of a usage or control domain (APQI).
 *
 * @param number 0 to 255
 */
public record DomainId(int number) implements Comparable<DomainId> {

  /** Checks the range. */
  public DomainId {
    if (number < 0 || number > ApMask.LAST) {
      throw new IllegalArgumentException("domain " + number + " is not within 0 to 255");
    }
  }

  /**
   * Returns the domain with this number.
   *
   * @throws IllegalArgumentException outside 0 to 255
   */
  public static DomainId of(int number) {
    return new DomainId(number);
  }

  /**
   * Reads the four hexadecimal digits that {@link #toString} writes.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static DomainId parse(String text) {
    return of(Hex.parse(text, 4, "domain"));
  }

  @Override
  public int compareTo(DomainId other) {
    return Integer.compare(number, other.number);
  }

  /** Returns four lower-case hexadecimal digits, as in {@code 05.0047}. */
  @Override
  public String toString() {
    return Hex.fourDigits(number);
  }
}
