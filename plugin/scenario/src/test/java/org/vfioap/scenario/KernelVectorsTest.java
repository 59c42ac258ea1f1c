package org.vfioap.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vfioap.kernel.KernelProfile;

/** Every scenario of testdata/vectors, against the results of the kernel's own code. */
class KernelVectorsTest {
  private static final Path VECTORS = Path.of("../../testdata/vectors");

  @TestFactory
  Stream<DynamicTest> everyScenarioEndsAsInLinux61() throws IOException {
    try (Stream<Path> files = Files.walk(VECTORS)) {
      List<Path> scenarioFiles =
          files.filter(f -> f.toString().matches(".*\\.jsonl?")).sorted().toList();
      assertThat(scenarioFiles).as("scenario files below " + VECTORS).hasSizeGreaterThan(80);
      return scenarioFiles.stream().flatMap(f -> Scenario.read(f).stream()).map(this::check);
    }
  }

  private DynamicTest check(Scenario scenario) {
    return DynamicTest.dynamicTest(
        scenario.name(),
        () ->
            assertThat(ScenarioCheck.firstDifference(scenario, KernelProfile.LINUX_6_1)).isEmpty());
  }
}
