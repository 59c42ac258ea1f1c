package org.vfioap.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong machine files and what is said about them: the first line of each file below errors/ is a
 * comment with the exact message.
 *
 * <p>{@code -Dgoldens=write} writes the messages of today into the files.
 */
final class MachineFileErrorsTest {
  private static final Path ERRORS = Path.of("src/test/resources/org/vfioap/machine/errors");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(ERRORS)) {
      return files.map(Path::getFileName).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhereWhatAndWhatIsAllowed(Path name) throws IOException {
    String text = Files.readString(ERRORS.resolve(name));

    MachineFileException error =
        catchThrowableOfType(
            MachineFileException.class, () -> Machine.parse(text, name.toString()));

    assertThat(error).as("%s is wrong", name).isNotNull();
    if ("write".equals(System.getProperty("goldens"))) {
      String body = text.substring(text.indexOf('\n'));
      Files.writeString(ERRORS.resolve(name), "# " + error.getMessage() + body);
    } else {
      assertThat(text.lines().findFirst()).hasValue("# " + error.getMessage());
    }
  }
}
