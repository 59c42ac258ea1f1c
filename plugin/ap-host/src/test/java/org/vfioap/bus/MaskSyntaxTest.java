package org.vfioap.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;

/**
 * Mask texts, against a slow model that follows hex2bitmap and modify_bitmap of the kernel
 * character by character.
 *
 * <pre>
 *   absolute   [0x | x] hex digits, at most 64 [newline]
 *   relative   (+ | -) number [- number] {, | newline} ...
 * </pre>
 */
class MaskSyntaxTest {
  private static final int TEXTS_PER_SEED = 250;
  private static final List<String> PIECES =
      List.of(
          "+",
          "-",
          ",",
          "\n",
          "0x",
          "0X",
          "x",
          "0",
          "1",
          "7",
          "8",
          "08",
          "63",
          "64",
          "255",
          "256",
          "0xff",
          "0x100",
          "010",
          "f",
          "g",
          " ",
          "18446744073709551616",
          "18446744073709551615",
          "4294967296",
          "f".repeat(32));

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsWhatTheKernelReads(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS_PER_SEED; i++) {
      ApMask current = random.nextBoolean() ? ApMask.ALL : ApMask.of(0, 7, 63, 64, 255);
      String text = text(random);

      assertThat(parse(text, current))
          .as("'%s' applied to %s", text, current.ranges())
          .isEqualTo(new Model(text, current).parse());
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "" : "+");
    int pieces = 1 + random.nextInt(7);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static Optional<ApMask> parse(String text, ApMask current) {
    try {
      return Optional.of(MaskSyntax.parse(text, current, KernelProfile.LINUX_6_1));
    } catch (KernelRefusal refusal) {
      return Optional.empty();
    }
  }

  /** The kernel's parser with a cursor, big numbers and a set; empty means EINVAL. */
  private static final class Model {
    private final String text;
    private final TreeSet<Integer> set = new TreeSet<>();
    private int at;

    Model(String text, ApMask current) {
      this.text = text;
      current.stream().forEach(set::add);
    }

    Optional<ApMask> parse() {
      boolean signed = peek() == '+' || peek() == '-';
      boolean valid = signed ? relative() : absolute();
      return valid
          ? Optional.of(ApMask.of(set.stream().mapToInt(Integer::intValue).toArray()))
          : Optional.empty();
    }

    /** The character at the cursor; a zero at the end, as in C. */
    private char peek() {
      return peek(0);
    }

    private char peek(int ahead) {
      return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private boolean absolute() {
      set.clear();
      if (peek() == '0' && peek(1) == 'x') {
        at++;
      }
      if (peek() == 'x') {
        at++;
      }
      for (int bit = 0; isHex(peek()) && bit < 256; bit += 4, at++) {
        String nibble =
            String.format("%4s", Integer.toBinaryString(Integer.parseInt("" + peek(), 16)));
        for (int n = 0; n < 4; n++) {
          if (nibble.charAt(n) == '1') {
            set.add(bit + n);
          }
        }
      }
      if (peek() == '\n') {
        at++;
      }
      return peek() == '\0';
    }

    private boolean relative() {
      while (peek() != '\0') {
        char sign = peek();
        at++;
        if (sign != '+' && sign != '-') {
          return false;
        }
        Optional<Integer> first = number();
        Optional<Integer> last = first;
        if (first.isPresent() && peek() == '-') {
          at++;
          last = number();
        }
        if (first.isEmpty() || last.isEmpty() || first.get() > last.get()) {
          return false;
        }
        apply(sign, first.get(), last.get());
        while (peek() == ',' || peek() == '\n') {
          at++;
        }
      }
      return true;
    }

    private void apply(char sign, int first, int last) {
      for (int number = first; number <= last; number++) {
        if (sign == '+') {
          set.add(number);
        } else {
          set.remove(number);
        }
      }
    }

    /** simple_strtoul with base 0; empty without digits or beyond the mask. */
    private Optional<Integer> number() {
      int base = 10;
      if (peek() == '0') {
        boolean hex = (peek(1) == 'x' || peek(1) == 'X') && isHex(peek(2));
        base = hex ? 16 : 8;
        at += hex ? 2 : 0;
      }
      int start = at;
      while (Character.digit(peek(), base) >= 0) {
        at++;
      }
      if (at == start) {
        return Optional.empty();
      }
      BigInteger value =
          new BigInteger(text.substring(start, at), base).mod(BigInteger.ONE.shiftLeft(64));
      return value.bitLength() <= 8 ? Optional.of(value.intValue()) : Optional.empty();
    }

    private static boolean isHex(char c) {
      return Character.digit(c, 16) >= 0;
    }
  }
}
