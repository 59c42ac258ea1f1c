package org.vfioap.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.lab.Namespace;

/** How the entries of a directory are repeated in another one. */
final class FurnishTest {
  private static final String REPEAT =
      """
      set -eu
      mount -t tmpfs vfioap /run
      mkdir /run/vfioap
      . "$0"
      repeat original copy
      """;

  @TempDir private Path directory;
  private Path original;

  @BeforeEach
  void make() throws Exception {
    Namespace.OF_ANYBODY.require();
    original = Files.createDirectory(directory.resolve("original"));
    Files.createDirectory(directory.resolve("copy"));
  }

  /** Repeats the directory, and returns what a script below the copy says. */
  private String repeatAnd(String script) throws Exception {
    Process process =
        new ProcessBuilder(
                "unshare", "-Urm", "sh", "-c", REPEAT + "cd copy\n" + script, furnish().toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private static Path furnish() throws URISyntaxException {
    return Path.of(FurnishTest.class.getResource("furnish.sh").toURI());
  }

  @Test
  void repeatsFoldersFilesAndLinks() throws Exception {
    Files.writeString(Files.createDirectory(original.resolve("folder")).resolve("inside"), "in\n");
    Files.writeString(original.resolve("file"), "text\n");
    Files.createSymbolicLink(original.resolve("link"), Path.of("nowhere"));

    assertThat(repeatAnd("cat folder/inside file; readlink link")).isEqualTo("in\ntext\nnowhere\n");
  }

  @Test
  void repeatsNamesThatATableOfMountsWritesInItsOwnWay() throws Exception {
    for (String name : new String[] {"#first", "a b", "back\\040slash", "tab\tend", ".hidden"}) {
      Files.writeString(original.resolve(name), name + "\n");
    }

    assertThat(
            repeatAnd(
                "for name in '#first' 'a b' 'back\\040slash' tab* .hid*; do cat \"$name\"; done"))
        .isEqualTo("#first\na b\nback\\040slash\ntab\tend\n.hidden\n");
  }

  @Test
  void repeatsNothingOfAnEmptyDirectory() throws Exception {
    assertThat(repeatAnd("ls -A")).isEmpty();
  }
}
