package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;

/** What the README prints is what a reader gets. */
class ReadmeTest {
  private static final Path HERE =
      Path.of("src/test/java/org/vfioap/cli/ReadmeTest.java").toAbsolutePath();

  private final String readme = Files.readString(Path.of("../../README.md"));

  ReadmeTest() throws IOException {}

  @Test
  void javaSnippetIsTheCodeOfThisTest() throws IOException {
    ApHost host = Machine.preset("document").boot();
    host.sysfs().write("/sys/bus/ap/apmask", "-5,-6\n");
    host.sysfs().write("/sys/bus/ap/aqmask", "-4,-0x47,-0xab,-0xff\n");
    String lines = host.sysfs().read("/sys/bus/ap/bindings"); // 8/8 (complete)

    assertThat(lines).isEqualTo("8/8 (complete)\n");
    assertThat(Files.readString(HERE)).contains(block("java").indent(4).stripTrailing());
  }

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

  private String block(String language) {
    return find("```" + language + "\n(.*?)```");
  }

  private String blockAfter(String command) {
    return find("```\n" + Pattern.quote(command) + "\n(.*?)```");
  }

  private String find(String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(readme);
    assertThat(matcher.find()).as("README has " + pattern).isTrue();
    return matcher.group(1);
  }
}
