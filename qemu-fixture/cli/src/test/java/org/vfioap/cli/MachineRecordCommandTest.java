package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.machine.Machine;

/** A host's files, exported, recorded, and booted again. */
class MachineRecordCommandTest {
  @TempDir private Path directory;

  private Path exported() {
    Path sys = directory.resolve("exported");
    assertThat(CommandRun.of("export", sys.toString(), "z17").status()).isZero();
    return sys;
  }

  @Test
  void recordsWhatWasExported() {
    CommandRun run = CommandRun.of("machine", "record", exported().toString());

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("AES CUR: valid 0x204c344d36245845");
    assertThat(Machine.parse(run.out(), "recorded").boot().sysfs().exists("/sys/bus/ap/apmask"))
        .isTrue();
  }

  @Test
  void writesAFileOnceUnlessForced() throws IOException {
    String sys = exported().toString();
    Path file = directory.resolve("host.yaml");
    assertThat(CommandRun.of("machine", "record", sys, "-o", file.toString()).status()).isZero();
    String recorded = Files.readString(file);

    CommandRun again = CommandRun.of("machine", "record", sys, "-o", file.toString());

    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo("vfioap: " + file + " exists already; name another file, or add --force\n");
    Files.writeString(file, recorded + "# more\n");
    CommandRun forced = CommandRun.of("machine", "record", sys, "--force", "-o", file.toString());
    assertThat(forced.status()).isZero();
    assertThat(file).hasContent(recorded);
  }

  @Test
  void tellsOnStandardErrorWhatIsMissing() throws IOException {
    Path file = Files.writeString(directory.resolve("m.yaml"), "adapters: {5: {type: NEWER}}");
    Path sys = directory.resolve("sys");
    CommandRun.of("export", sys.toString(), file.toString());

    CommandRun run = CommandRun.of("machine", "record", directory.toString());

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .isEqualTo("vfioap: adapter 5 has no card in /sys, so its type is a guess\n");
    assertThat(run.out()).contains("# Note: adapter 5 has no card in /sys");
  }

  @Test
  void refusesWhatHasNoHost() {
    CommandRun run = CommandRun.of("machine", "record", directory.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: " + directory + " has no AP bus");
  }
}
