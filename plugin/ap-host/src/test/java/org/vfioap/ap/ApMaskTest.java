package org.vfioap.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Masks, against {@link BitSet} as a model.
 *
 * <pre>
 *   word    0                 1                 2                 3
 *   bit     0 ......... 63    64 ....... 127    128 ...... 191    192 ...... 255
 *           leftmost                                                  rightmost
 * </pre>
 */
class ApMaskTest {
  private static final int[] EDGES = {0, 1, 62, 63, 64, 65, 127, 128, 191, 192, 254, 255};

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  private static BitSet random(Random random) {
    BitSet bits = new BitSet();
    int density = 1 + random.nextInt(200);
    IntStream.range(0, density).forEach(i -> bits.set(random.nextInt(256)));
    return bits;
  }

  private static ApMask mask(BitSet bits) {
    return ApMask.of(bits.stream().toArray());
  }

  private static BitSet bits(ApMask mask) {
    BitSet bits = new BitSet();
    mask.stream().forEach(bits::set);
    return bits;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void combinesAsSetsDo(int seed) {
    Random random = new Random(seed);
    BitSet a = random(random);
    BitSet b = random(random);
    BitSet and = (BitSet) a.clone();
    and.and(b);
    BitSet or = (BitSet) a.clone();
    or.or(b);
    BitSet minus = (BitSet) a.clone();
    minus.andNot(b);

    assertThat(bits(mask(a).and(mask(b)))).isEqualTo(and);
    assertThat(bits(mask(a).or(mask(b)))).isEqualTo(or);
    assertThat(bits(mask(a).minus(mask(b)))).isEqualTo(minus);
    assertThat(mask(a).intersects(mask(b))).isEqualTo(a.intersects(b));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void answersAsASetDoes(int seed) {
    BitSet model = random(new Random(seed));
    ApMask mask = mask(model);

    assertThat(mask.size()).isEqualTo(model.cardinality());
    assertThat(mask.isEmpty()).isEqualTo(model.isEmpty());
    for (int number = 0; number <= 255; number++) {
      assertThat(mask.has(number)).as("%s has %s", model, number).isEqualTo(model.get(number));
      assertThat(mask.next(number)).as("next of %s", number).isEqualTo(model.nextSetBit(number));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void roundTripsItsText(int seed) {
    ApMask mask = mask(random(new Random(seed)));

    assertThat(ApMask.parse(mask.toString())).isEqualTo(mask).hasSameHashCodeAs(mask);
  }

  @Test
  void writesTheLowestNumberLeftmost() {
    assertThat(ApMask.of(0)).hasToString("0x8" + "0".repeat(63));
    assertThat(ApMask.of(63)).hasToString("0x" + "0".repeat(15) + "1" + "0".repeat(48));
    assertThat(ApMask.of(64)).hasToString("0x" + "0".repeat(16) + "8" + "0".repeat(47));
    assertThat(ApMask.of(255)).hasToString("0x" + "0".repeat(63) + "1");
    assertThat(ApMask.ALL).hasToString("0x" + "f".repeat(64));
  }

  @Test
  void setsAndClearsEdges() {
    for (int edge : EDGES) {
      assertThat(ApMask.NONE.with(edge).stream()).containsExactly(edge);
      assertThat(ApMask.ALL.without(edge).size()).isEqualTo(255);
      assertThat(ApMask.ALL.without(edge).has(edge)).isFalse();
      assertThat(ApMask.range(edge, edge)).isEqualTo(ApMask.of(edge));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 255, 256", "63, 64, 2", "64, 127, 64", "5, 4, 0", "192, 255, 64", "0, 0, 1"})
  void rangesIncludeBothEnds(int first, int last, int size) {
    ApMask range = ApMask.range(first, last);

    assertThat(range.size()).isEqualTo(size);
    assertThat(range.stream()).allMatch(number -> number >= first && number <= last);
  }

  @ParameterizedTest
  @CsvSource({"0-255", "4-6,71", "0,2,255", "63-64", "255"})
  void printsDecimalRanges(String first) {
    assertThat(ApMask.NONE.ranges()).isEmpty();
    assertThat(parseRanges(first).ranges()).isEqualTo(first);
  }

  private static ApMask parseRanges(String text) {
    ApMask mask = ApMask.NONE;
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      mask =
          mask.or(ApMask.range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
    }
    return mask;
  }

  @Test
  void standsInMemoryAsInItsText() {
    byte[] bytes = ApMask.of(0, 15, 255).bytes();

    assertThat(bytes).hasSize(32).startsWith(0x80, 0x01).endsWith(0x00, 0x01);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void refusesNumbersOutOfRange(int number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApMask.of(number))
        .withMessageContaining(String.valueOf(number));
    assertThat(ApMask.ALL.has(number)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "0x0", "ff"})
  void refusesTextsOfAnotherLength(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ApMask.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", "-", "g", " "})
  void refusesWhatIsNoDigit(String character) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApMask.parse("0x" + character + "0".repeat(63)));
  }
}
