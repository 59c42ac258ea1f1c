package org.vfioap.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.lab.Namespace;

/** The host name that a guest gets from its name. */
final class HostNameTest {
  @ParameterizedTest
  @CsvSource({
    "db, db",
    "db_, db",
    "_vm, vm",
    "é1, 1",
    "測試, guest",
    "a b, a-b",
    "x..y, x.y",
    "x-.-y, x.y",
    "...-, guest",
    "-v, v"
  })
  void isMadeOfWhateverIsAllowed(String guest, String host) throws Exception {
    Namespace.OF_ANYBODY.require();
    String script = ". \"$0\"; name_host \"$1\"; hostname";
    String furnish = Path.of(HostNameTest.class.getResource("furnish.sh").toURI()).toString();
    Process process =
        new ProcessBuilder("unshare", "-Uru", "sh", "-c", script, furnish, guest)
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(host + "\n");
  }
}
