package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of the fixture also pass with the oldest and the newest JUnit that it is for. */
class OtherJUnitsTest {
  @ParameterizedTest
  @ValueSource(strings = {"junit-5.11", "junit-6"})
  void testsPassWithIt(String directory) throws Exception {
    Path jars = Path.of("target", directory);
    assumeTrue(Files.isDirectory(jars), jars + " is not there; a build by Maven makes it");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(jars),
                Suites.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains("with " + directory.replace("junit-", ""));
  }

  private static String classPath(Path jars) throws IOException {
    String own = System.getProperty("java.class.path");
    List<String> others =
        Arrays.stream(own.split(File.pathSeparator, -1))
            .filter(each -> !each.contains("junit-jupiter") && !each.contains("junit-platform"))
            .toList();
    try (Stream<Path> all = Files.list(jars)) {
      return Stream.concat(others.stream(), all.map(Path::toString))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
