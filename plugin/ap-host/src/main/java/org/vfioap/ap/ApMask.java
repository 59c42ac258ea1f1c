package org.vfioap.ap;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A set of the numbers 0 to 255, as the AP architecture keeps adapters and domains: 256 bits, bit 0
 * leftmost (most significant).
 *
 * <p>Immutable. {@link #toString} and {@link #parse} use the form of {@code /sys/bus/ap/apmask}.
 */
public final class ApMask {
  /** The highest number that a mask can hold. */
  public static final int LAST = 255;

  /** No number. */
  public static final ApMask NONE = new ApMask(0, 0, 0, 0);

  /** All numbers from 0 to 255. */
  public static final ApMask ALL = new ApMask(-1, -1, -1, -1);

  private static final HexFormat FORMAT = HexFormat.of();

  private final long w0;
  private final long w1;
  private final long w2;
  private final long w3;

  private ApMask(long w0, long w1, long w2, long w3) {
    this.w0 = w0;
    this.w1 = w1;
    this.w2 = w2;
    this.w3 = w3;
  }

  /** Returns the mask of exactly these numbers. */
  public static ApMask of(int... numbers) {
    ApMask mask = NONE;
    for (int number : numbers) {
      mask = mask.with(number);
    }
    return mask;
  }

  /**
   * Returns the mask of all numbers from {@code first} to {@code last}; empty if first is larger.
   */
  public static ApMask range(int first, int last) {
    return upTo(last).minus(upTo(first - 1));
  }

  private static ApMask upTo(int last) {
    return new ApMask(head(last), head(last - 64), head(last - 128), head(last - 192));
  }

  private static long head(int last) {
    if (last < 0) {
      return 0;
    }
    return last >= 63 ? -1 : ~(-1L >>> (last + 1));
  }

  /** Returns the mask of these four words, bit 0 being the most significant of the first. */
  static ApMask ofWords(long w0, long w1, long w2, long w3) {
    return new ApMask(w0, w1, w2, w3);
  }

  /**
   * Reads {@code 0x} and 64 hexadecimal digits, what {@link #toString} writes.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ApMask parse(String text) {
    if (text.length() != 66 || !text.startsWith("0x")) {
      throw new IllegalArgumentException("mask '" + text + "' is not 0x and 64 hexadecimal digits");
    }
    return new ApMask(
        HexFormat.fromHexDigitsToLong(text, 2, 18),
        HexFormat.fromHexDigitsToLong(text, 18, 34),
        HexFormat.fromHexDigitsToLong(text, 34, 50),
        HexFormat.fromHexDigitsToLong(text, 50, 66));
  }

  long word(int index) {
    return switch (index) {
      case 0 -> w0;
      case 1 -> w1;
      case 2 -> w2;
      default -> w3;
    };
  }

  private static long bit(int number) {
    return Long.MIN_VALUE >>> (number & 63);
  }

  private static int checked(int number) {
    if (number < 0 || number > LAST) {
      throw new IllegalArgumentException(number + " is not within 0 to 255");
    }
    return number;
  }

  /** Tells whether the number is in the set; false for numbers outside 0 to 255. */
  public boolean has(int number) {
    return number >= 0 && number <= LAST && (word(number >> 6) & bit(number)) != 0;
  }

  /** Returns this set and the number. */
  public ApMask with(int number) {
    long bit = bit(checked(number));
    return switch (number >> 6) {
      case 0 -> new ApMask(w0 | bit, w1, w2, w3);
      case 1 -> new ApMask(w0, w1 | bit, w2, w3);
      case 2 -> new ApMask(w0, w1, w2 | bit, w3);
      default -> new ApMask(w0, w1, w2, w3 | bit);
    };
  }

  /** Returns this set without the number. */
  public ApMask without(int number) {
    return minus(NONE.with(number));
  }

  /** Returns what is in both sets. */
  public ApMask and(ApMask other) {
    return new ApMask(w0 & other.w0, w1 & other.w1, w2 & other.w2, w3 & other.w3);
  }

  /** Returns what is in either set. */
  public ApMask or(ApMask other) {
    return new ApMask(w0 | other.w0, w1 | other.w1, w2 | other.w2, w3 | other.w3);
  }

  /** Returns what is in this set and not in the other. */
  public ApMask minus(ApMask other) {
    return new ApMask(w0 & ~other.w0, w1 & ~other.w1, w2 & ~other.w2, w3 & ~other.w3);
  }

  /** Tells whether the sets have a number in common. */
  public boolean intersects(ApMask other) {
    return ((w0 & other.w0) | (w1 & other.w1) | (w2 & other.w2) | (w3 & other.w3)) != 0;
  }

  /** Tells whether there is no number in the set. */
  public boolean isEmpty() {
    return (w0 | w1 | w2 | w3) == 0;
  }

  /** Returns how many numbers are in the set. */
  public int size() {
    return Long.bitCount(w0) + Long.bitCount(w1) + Long.bitCount(w2) + Long.bitCount(w3);
  }

  /** Returns the smallest number of the set that is at least {@code from}, or -1. */
  public int next(int from) {
    for (int index = Math.max(0, from) >> 6; index < 4; index++) {
      long rest = word(index);
      if (index == from >> 6) {
        rest &= -1L >>> (from & 63);
      }
      if (rest != 0) {
        return (index << 6) + Long.numberOfLeadingZeros(rest);
      }
    }
    return -1;
  }

  /** Returns the numbers in ascending order. */
  public IntStream stream() {
    return IntStream.iterate(next(0), number -> number >= 0, number -> next(number + 1));
  }

  /** Returns the set as decimal ranges, {@code 4-6,71}; empty for none. */
  public String ranges() {
    List<String> ranges = new ArrayList<>();
    PrimitiveIterator.OfInt numbers = stream().iterator();
    int first = numbers.hasNext() ? numbers.nextInt() : -1;
    int last = first;
    while (numbers.hasNext()) {
      int number = numbers.nextInt();
      if (number != last + 1) {
        ranges.add(range(String.valueOf(first), String.valueOf(last)));
        first = number;
      }
      last = number;
    }
    if (first >= 0) {
      ranges.add(range(String.valueOf(first), String.valueOf(last)));
    }
    return ranges.stream().collect(Collectors.joining(","));
  }

  private static String range(String first, String last) {
    return first.equals(last) ? first : first + "-" + last;
  }

  /** Returns the 32 bytes of the mask as they stand in memory, bit 0 in the first byte. */
  public byte[] bytes() {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (word(i >> 3) >>> (56 - 8 * (i & 7)));
    }
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApMask mask
        && w0 == mask.w0
        && w1 == mask.w1
        && w2 == mask.w2
        && w3 == mask.w3;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(w0 * 31 + w1 * 961 + w2 * 29791 + w3);
  }

  /** Returns {@code 0x} and 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return "0x"
        + FORMAT.toHexDigits(w0)
        + FORMAT.toHexDigits(w1)
        + FORMAT.toHexDigits(w2)
        + FORMAT.toHexDigits(w3);
  }
}
