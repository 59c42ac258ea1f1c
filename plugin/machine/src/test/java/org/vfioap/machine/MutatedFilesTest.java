package org.vfioap.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Machine files with random damage: each is either a machine that prints itself, or an error that
 * fits one line.
 */
final class MutatedFilesTest {
  private static final int FILES_PER_SEED = 100;

  private static final List<String> FRAGMENTS =
      List.of(
          "&a",
          "*a",
          "!!str ",
          "!",
          "[",
          "]",
          "{",
          "}",
          "- ",
          "\t",
          "\n",
          "\n  ",
          ": ",
          ",",
          "'",
          "\"",
          "|\n",
          ">",
          "? ",
          "#",
          "---\n",
          "...\n",
          "%YAML 1.2\n",
          "%TAG ! x\n",
          "<<",
          "\0",
          "\uFEFF",
          "\uD800",
          "\uD83D\uDE00",
          "\u0085",
          "\u2028",
          "0x",
          "0",
          "-1",
          "255",
          "256",
          "4-6",
          "null",
          "true",
          "-5,+8",
          "\"\\u202e\"",
          "adapters",
          "domains",
          "mode: ep11",
          "type: CEX2A");

  private static final String FULL =
      """
      facilities: {qact: true}
      adapters:
        4-5: {type: CEX5, mode: ep11, configured: false}
        "6": {type: CEX3C, assigned: false}
      domains: 4-6,0x47
      queues: {05.0004: absent}
      boot: {apmask: -4-6, aqmask: 0x0}
      mdevs:
        - uuid: 62177883-f1bb-47f0-914d-32a22e3a8804
          adapters: [5]
          domains: [4, 5]
      """;

  static Stream<Long> seeds() {
    return IntStream.range(0, 30).mapToObj(i -> 20210512L + i);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void damagedFileIsMachineOrError(long seed) {
    Random random = new Random(seed);
    List<String> originals =
        Stream.concat(Machine.presets().stream().map(MachineFile::preset), Stream.of(FULL))
            .toList();
    for (int i = 0; i < FILES_PER_SEED; i++) {
      check(damage(originals.get(random.nextInt(originals.size())), random), seed);
    }
  }

  @Test
  void wholePrintedMachineSurvivesToo() {
    check(Machine.preset("z16").toYaml(), 0);
  }

  private static String damage(String original, Random random) {
    StringBuilder text = new StringBuilder(original);
    for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
      int start = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), start + random.nextInt(8));
      List<Supplier<String>> replacements =
          List.of(
              () -> "",
              () -> FRAGMENTS.get(random.nextInt(FRAGMENTS.size())),
              () -> text.substring(start, end).repeat(2),
              () -> String.valueOf((char) random.nextInt(0x3000)));
      text.replace(start, end, replacements.get(random.nextInt(replacements.size())).get());
    }
    return text.toString();
  }

  private static void check(String text, long seed) {
    Machine machine;
    try {
      machine = Machine.parse(text, "host.yaml");
    } catch (MachineFileException error) {
      assertThat(error.getMessage())
          .as("seed %d, file%n%s", seed, text)
          .matches("host\\.yaml(:\\d+:\\d+)?: \\P{Cntrl}+; allowed: \\P{Cntrl}+");
      return;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ", file\n" + text, e);
    }
    assertThat(Machine.parse(machine.toYaml(), "printed.yaml"))
        .as("seed %d, file%n%s", seed, text)
        .isEqualTo(machine);
  }
}
