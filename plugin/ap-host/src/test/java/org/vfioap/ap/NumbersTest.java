package org.vfioap.ap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers of adapters, domains and queues.
 *
 * <pre>
 *   05.00ab     adapter 5 (two digits), domain 0xab (four)
 * </pre>
 */
class NumbersTest {
  @ParameterizedTest
  @CsvSource({"0, 00", "63, 3f", "64, 40", "255, ff"})
  void adaptersRoundTrip(int number, String text) {
    assertThat(AdapterId.of(number)).hasToString(text).isEqualTo(AdapterId.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"0, 0000", "15, 000f", "64, 0040", "255, 00ff"})
  void domainsRoundTrip(int number, String text) {
    assertThat(DomainId.of(number)).hasToString(text).isEqualTo(DomainId.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00.0000", "05.00ab", "3f.0040", "ff.00ff"})
  void queuesRoundTrip(String text) {
    assertThat(Apqn.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256})
  void refuseNumbersOutOfRange(int number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdapterId.of(number))
        .withMessageContaining(String.valueOf(number));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DomainId.of(number))
        .withMessageContaining(String.valueOf(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5.0004", "05.4", "05-0004", "05.00AB", "05.0100", "05.00ab ", "0x.0004"})
  void refuseOtherQueueTexts(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Apqn.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "005", "0g", "FF"})
  void refuseOtherAdapterTexts(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AdapterId.parse(text));
  }

  @Test
  void sortByAdapterThenDomain() {
    Stream<Apqn> sorted = Stream.of(Apqn.of(5, 255), Apqn.of(6, 0), Apqn.of(5, 1)).sorted();

    assertThat(sorted).containsExactly(Apqn.of(5, 1), Apqn.of(5, 255), Apqn.of(6, 0));
  }

  @ParameterizedTest
  @EnumSource
  void adapterTypesRoundTrip(AdapterType type) {
    assertThat(AdapterType.of(type.number())).isEqualTo(type);
    assertThat(AdapterType.parse(type.name().toLowerCase(Locale.ROOT))).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource
  void adapterModesRoundTrip(AdapterMode mode) {
    assertThat(AdapterMode.parse(mode.label())).isEqualTo(mode);
    assertThat(Adapter.of(AdapterType.CEX8, mode).mode()).isEqualTo(mode);
  }

  @Test
  void refuseUnknownNamesAndListTheKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdapterMode.parse("ep12"))
        .withMessageContaining("ep11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdapterType.parse("CEX9"))
        .withMessageContaining("CEX8");
  }
}
