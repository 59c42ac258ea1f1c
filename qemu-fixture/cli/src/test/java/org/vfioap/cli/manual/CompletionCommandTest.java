package org.vfioap.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.cli.CommandRun;

/** The script, in bash, beside a vfioap with the machines lab and z16, of which lab has guests. */
class CompletionCommandTest {
  private static final String MACHINES =
      """
      #!/bin/sh
      case "$*" in
        'list -q') printf '%s\\n' lab z16 ;;
        'guest list --json' | 'guest list lab --json')
          echo '[{"name":"db","pid":7,"mdevs":["m"]},{"name":"web","pid":8}]' ;;
        *) exit 2 ;;
      esac
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeScript() throws IOException {
    CommandRun run = CommandRun.of("generate-completion");
    assertThat(run.status()).isZero();
    Files.writeString(folder.resolve("completion"), run.out());
    Path program = Files.writeString(folder.resolve("vfioap"), MACHINES);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("lab.yaml"), "");
  }

  @ParameterizedTest
  @CsvSource({
    "ru, run",
    "machine pr, profiles",
    "run z1, z14 z16 z17",
    "run lab, lab.yaml",
    "run z16 --w, --with-host",
    "run --name z, ''",
    "run --name lab z1, z14 z16 z17",
    "shell '', lab z16",
    "stop lab z, z16",
    "guest d, db",
    "guest lab w, web",
    "guest lab db e, exec",
    "guest db s, shell",
    "guest list l, lab",
    "matrix e, empty",
    "matrix la, lab lab.yaml",
    "replay --profile debian-1, debian-12 debian-13",
    "replay --profile linux-6.1, linux-6.1 linux-6.12 linux-6.15 linux-6.19",
    "explain 05.0004 w, web",
    "hw la, lab",
    "hw sc, scan",
    "hw lab adapter 5 de, deconfigure",
    "hw queue 05.0004 ch, checkstopped",
    "nosuch z, ''"
  })
  void completes(String line, String expected) throws Exception {
    assertThat(completed(line).split(" ")).containsExactlyInAnyOrder(expected.split(" "));
  }

  @Test
  void completesTheCommandThatFollows() throws Exception {
    assertThat(completed("run z16 -- tru").split(" ")).contains("true");
    assertThat(completed("exec lab -- cat lab")).isEqualTo("lab.yaml");
  }

  @Test
  void everyCommandIsKnown() throws Exception {
    assertThat(completed("").split(" "))
        .contains("demo", "run", "stop", "serve", "doctor", "verify", "generate-completion");
  }

  /** Quotes in {@code line} make an empty word. */
  private String completed(String line) throws IOException, InterruptedException {
    String script =
        "cd '%1$s' && . ./completion && COMP_WORDS=('%1$s/vfioap' %2$s) &&"
                .formatted(folder, line.isEmpty() ? "''" : line)
            + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) && _vfioap; echo \"${COMPREPLY[*]}\"";
    Process bash =
        new ProcessBuilder(List.of("bash", "-c", script)).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return said.strip();
  }
}
