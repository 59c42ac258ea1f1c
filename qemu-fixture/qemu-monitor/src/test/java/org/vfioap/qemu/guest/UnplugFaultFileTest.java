package org.vfioap.qemu.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.qemu.qdev.UnplugFault;

class UnplugFaultFileTest {
  @TempDir private Path folder;
  private final List<String> complaints = new ArrayList<>();

  private UnplugFault read(String line) throws IOException {
    Files.writeString(folder.resolve("guest"), line);
    return new UnplugFaultFile(folder, complaints::add).read("guest");
  }

  @ParameterizedTest
  @CsvSource({
    "reject, REJECT, 0, ''",
    "ignore, IGNORE, 0, ''",
    "lose, LOSE, 0, ''",
    "delay 2000, DELAY, 2000, ''",
    "refuse no way out, REFUSE, 0, no way out"
  })
  void readsEachFault(String line, UnplugFault.Kind kind, long millis, String text)
      throws IOException {
    assertThat(read(line + "\n")).isEqualTo(new UnplugFault(kind, Duration.ofMillis(millis), text));
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "explode", "reject twice", "delay", "delay -1", "delay 1s", "refuse"})
  void saysWhatFaultsThereAre(String line) throws IOException {
    assertThat(read(line)).isEqualTo(UnplugFault.NONE);
    assertThat(complaints)
        .containsExactly(
            folder.resolve("guest")
                + ": '"
                + line
                + "' is no fault; allowed: reject, ignore, lose, delay MILLISECONDS, refuse TEXT");
  }

  @Test
  void withoutFileNothingGoesWrong() {
    assertThat(new UnplugFaultFile(folder, complaints::add).read("guest"))
        .isEqualTo(UnplugFault.NONE);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aFileThatIsAFolderIsComplainedOf() throws IOException {
    Files.createDirectory(folder.resolve("guest"));
    assertThat(new UnplugFaultFile(folder, complaints::add).read("guest"))
        .isEqualTo(UnplugFault.NONE);
    assertThat(complaints.get(0)).startsWith(folder.resolve("guest") + " cannot be read: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../guest", ".guest"})
  void aNameLeadsNowhereElse(String name) throws IOException {
    Path below = Files.createDirectory(folder.resolve("below"));
    Files.writeString(folder.resolve("guest"), "lose");
    Files.writeString(below.resolve(".guest"), "lose");
    assertThat(new UnplugFaultFile(below, complaints::add).read(name)).isEqualTo(UnplugFault.NONE);
  }
}
