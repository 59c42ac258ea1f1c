package org.vfioap.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.scenario.Scenario;
import org.vfioap.scenario.ScenarioCheck;

/** Scenarios whose files are opened, read and written by system calls. */
final class ScenariosOnMountTest {
  private static final Path VECTORS = Path.of("../../testdata/vectors");
  private static final int SAMPLE = 12;

  @TempDir private Path directory;

  private static List<Scenario> scenarios() throws IOException {
    try (Stream<Path> files = Files.walk(VECTORS)) {
      return files
          .filter(file -> file.toString().matches(".*\\.jsonl?"))
          .sorted()
          .flatMap(file -> Scenario.read(file).stream())
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyTwelfthEndsAsInLinux61() throws IOException {
    List<Scenario> all = scenarios();
    return Stream.iterate(0, i -> i < all.size(), i -> i + SAMPLE).map(all::get).map(this::check);
  }

  @Tag("long")
  @TestFactory
  Stream<DynamicTest> everyOneEndsAsInLinux61() throws IOException {
    List<Scenario> all = scenarios();
    assertThat(all).hasSizeGreaterThan(300);
    return all.stream().map(this::check);
  }

  private DynamicTest check(Scenario scenario) {
    return DynamicTest.dynamicTest(
        scenario.name(),
        () ->
            assertThat(
                    ScenarioCheck.firstDifference(
                        scenario,
                        KernelProfile.LINUX_6_1,
                        host -> MountedFiles.of(host, directory)))
                .isEmpty());
  }
}
