package org.vfioap.qemu.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as a real QEMU echoed them. */
class JsonWriterTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.10000000000000001",
    "1e3, 1000",
    "-0.0, -0",
    "-0, 0",
    "18446744073709551615, 18446744073709551615",
    "18446744073709551616, 1.8446744073709552e+19",
    "1e309, inf",
    "1e-7, 9.9999999999999995e-08"
  })
  void printsNumbersAsQemu(String token, String printed) {
    assertThat(JsonNumber.parse(token)).hasToString(printed);
  }
}
