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
  private static final Path TESTDATA = Path.of("../../testdata");

  @TestFactory
  Stream<DynamicTest> everyScenarioEndsAsInLinux61() throws IOException {
    return scenarios("vectors", KernelProfile.LINUX_6_1, 80);
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioEndsAsInLinux612() throws IOException {
    return scenarios("vectors-newer/6.12", KernelProfile.LINUX_6_12, 6);
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioEndsAsInLinux72() throws IOException {
    return scenarios("vectors-newer/7.2", KernelProfile.LINUX_7_2, 6);
  }

  private static Stream<DynamicTest> scenarios(String folder, KernelProfile profile, int leastFiles)
      throws IOException {
    try (Stream<Path> files = Files.walk(TESTDATA.resolve(folder))) {
      List<Path> scenarioFiles =
          files.filter(f -> f.toString().matches(".*\\.jsonl?")).sorted().toList();
      assertThat(scenarioFiles).as("scenario files below " + folder).hasSizeGreaterThan(leastFiles);
      return scenarioFiles.stream()
          .flatMap(f -> Scenario.read(f).stream())
          .map(scenario -> check(scenario, profile));
    }
  }

  private static DynamicTest check(Scenario scenario, KernelProfile profile) {
    return DynamicTest.dynamicTest(
        scenario.name(),
        () -> assertThat(ScenarioCheck.firstDifference(scenario, profile)).isEmpty());
  }
}
