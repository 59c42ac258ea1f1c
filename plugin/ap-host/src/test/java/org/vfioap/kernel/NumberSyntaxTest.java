package org.vfioap.kernel;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How the kernel reads numbers.
 *
 * <pre>
 *   kstrtoul(text, 0)   [+] digits [newline]      10, 0xa, 012; the whole text
 *   sscanf("%d")        [blanks] [-] digits ...   what follows is ignored
 * </pre>
 */
class NumberSyntaxTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "63, 63",
    "+64, 64",
    "0xff, 255",
    "0XfF, 255",
    "0377, 255",
    "00, 0",
    "+0x10, 16",
    "18446744073709551615, -1",
    "0xffffffffffffffff, -1",
    "01777777777777777777777, -1"
  })
  void kstrtoulReadsNumbers(String text, long value) {
    assertThat(NumberSyntax.parseUnsigned(text)).isEqualTo(value);
    assertThat(NumberSyntax.parseUnsigned(text + "\n")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18446744073709551616",
        "0x10000000000000000",
        "02000000000000000000000",
        "99999999999999999999x"
      })
  void kstrtoulRefusesWhatDoesNotFit(String text) {
    assertRefused(Errno.ERANGE, () -> NumberSyntax.parseUnsigned(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "\n", " 1", "1 ", "-1", "08", "0x", "0xg", "1\n\n", "++1", "+", "1,", "1\0", "x1", "é"
      })
  void kstrtoulRefusesWhatIsNoNumber(String text) {
    assertRefused(Errno.EINVAL, () -> NumberSyntax.parseUnsigned(text));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "' 5', 5",
    "-5, -5",
    "'5 and more', 5",
    "5x, 5",
    "08, 8",
    "010, 10",
    "0x10, 0",
    "2147483648, -2147483648",
    "4294967297, 1",
    "'\t\n 7', 7"
  })
  void sscanfReadsDecimals(String text, int value) {
    assertThat(NumberSyntax.scanInt(text, 10)).hasValue(value);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "0x10, 16", "010, 8", "-0x10, -16", "' 0x1f junk', 31", "0x, 0", "09, 0"})
  void sscanfDetectsTheRadix(String text, int value) {
    assertThat(NumberSyntax.scanInt(text, 0)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "+5", "x", "-", "- 5", "--5"})
  void sscanfFindsNoNumber(String text) {
    assertThat(NumberSyntax.scanInt(text, 10)).isEmpty();
  }

  @Test
  void sscanfReadsUnsignedLongs() {
    assertThat(NumberSyntax.scanUnsigned(" 120000000000 ns")).hasValue(120_000_000_000L);
    assertThat(NumberSyntax.scanUnsigned("-1")).isEmpty();
    assertThat(NumberSyntax.scanUnsigned("+1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"+5-7, 1, 5, 2", "0x1g, 0, 1, 3", "18446744073709551617, 0, 1, 20", "09, 0, 0, 1"})
  void simpleStrtoulReadsOnAndWraps(String text, int start, long value, int end) {
    assertThat(NumberSyntax.leading(text, start))
        .isEqualTo(new NumberSyntax.Leading(value, end, true, text.startsWith("18446")));
  }

  @Test
  void simpleStrtoulTellsThatThereIsNoDigit() {
    assertThat(NumberSyntax.leading("+,", 1))
        .isEqualTo(new NumberSyntax.Leading(0, 1, false, false));
  }
}
