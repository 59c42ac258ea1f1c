package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README prints is what a reader gets. */
class ReadmeTest {
  private final String readme = Files.readString(Path.of("../../README.md"));

  ReadmeTest() throws IOException {}

  @Test
  void sessionIsWhatTheDemoPrints() {
    String demo = CommandRun.of("demo").out();
    String[] parts = blockAfter("$ ./vfioap demo").split("\\.\\.\\.\n", -1);

    assertThat(parts).hasSizeGreaterThan(3);
    assertThat(parts).allSatisfy(part -> assertThat(demo).contains(part));
  }

  @Test
  void pictureIsWhatMatrixDraws() {
    assertThat(CommandRun.of("matrix").out()).isEqualTo(blockAfter("$ ./vfioap matrix"));
  }

  @Test
  void isShort() {
    assertThat(readme.lines()).hasSizeLessThanOrEqualTo(120);
  }

  private String blockAfter(String command) {
    return find("```console\n" + Pattern.quote(command) + "\n(.*?)```");
  }

  private String find(String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(readme);
    assertThat(matcher.find()).as("README has " + pattern).isTrue();
    return matcher.group(1);
  }
}
