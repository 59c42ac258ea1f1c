package org.vfioap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/profiles.md shows the whole table; {@code -Dvfioap.regenerate} writes it anew. */
class ProfilesPageTest {
  private static final Path PAGE = Path.of("../../docs/profiles.md");
  private static final String BEGIN = "<!-- rules -->\n";
  private static final String END = "<!-- end of rules -->\n";

  @Test
  void showsEveryRuleForEveryKernel() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String wanted = page.substring(0, begin) + table() + page.substring(end);
    if (Boolean.getBoolean("vfioap.regenerate")) {
      Files.writeString(PAGE, wanted);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(wanted);
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| rule |");
    for (KernelProfile profile : KernelProfile.values()) {
      table.append(" `").append(profile).append("` |");
    }
    table
        .append(" source |\n|")
        .append("---|".repeat(KernelProfile.values().length + 2))
        .append('\n');
    KernelRules.rows().forEach(rule -> table.append(line(rule)).append('\n'));
    return table.toString();
  }

  private static String line(KernelRule<?> rule) {
    return Arrays.stream(KernelProfile.values())
        .map(rule::show)
        .collect(
            Collectors.joining(" | ", "| " + rule.title() + " | ", " | " + rule.source() + " |"));
  }
}
