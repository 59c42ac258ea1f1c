package org.vfioap.ap;

/**
 * The number of an AP adapter (APID).
 *
 * @param number 0 to 255
 */
public record AdapterId(int number) implements Comparable<AdapterId> {

  /** Checks the range. */
  public AdapterId {
    if (number < 0 || number > ApMask.LAST) {
      throw new IllegalArgumentException("adapter " + number + " is not within 0 to 255");
    }
  }

  /**
   * Returns the adapter with this number.
   *
   * @throws IllegalArgumentException outside 0 to 255
   */
  public static AdapterId of(int number) {
    return new AdapterId(number);
  }

  /**
   * Reads the two hexadecimal digits that {@link #toString} writes.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static AdapterId parse(String text) {
    return of(Hex.parse(text, 2, "adapter"));
  }

  @Override
  public int compareTo(AdapterId other) {
    return Integer.compare(number, other.number);
  }

  /** Returns two lower-case hexadecimal digits, as in {@code card05}. */
  @Override
  public String toString() {
    return Hex.twoDigits(number);
  }
}
