package org.vfioap.qemu.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A directory with {@code file}, {@code folder}, and {@code loop}, a link to itself. */
class HostFilesTest {
  @TempDir private Path directory;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(directory.resolve("file"), "content");
    Files.createDirectory(directory.resolve("folder"));
    Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
  }

  private String name(String relative) {
    return relative.isEmpty() ? "" : directory + "/" + relative;
  }

  @ParameterizedTest
  @CsvSource({
    "'', ENOENT",
    "nowhere/x, ENOENT",
    "file/x, ENOTDIR",
    "file/, ENOTDIR",
    "folder, EISDIR",
    "absent/, EISDIR",
    "loop, ELOOP"
  })
  void createsAsTheKernelLets(String relative, Errno why) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> HostFiles.create(name(relative), HostFiles.EVERYBODY))
        .satisfies(refused -> assertThat(Errno.of(refused)).isEqualTo(why));
    assertThat(HostFiles.uncreatable(name(relative)))
        .contains(relative.equals("absent/") ? Errno.ENOENT : why);
  }

  @Test
  void refusesLongNames() {
    String name = name("x".repeat(256));

    assertThat(HostFiles.unreadable(name)).contains(Errno.ENAMETOOLONG);
    assertThat(HostFiles.uncreatable(name)).contains(Errno.ENAMETOOLONG);
  }

  @Test
  void cannotReadWhatIsNotThere() {
    assertThat(HostFiles.unreadable(name("absent/"))).contains(Errno.ENOENT);
    assertThat(HostFiles.unreadable(name("absent"))).contains(Errno.ENOENT);
    assertThat(HostFiles.unreadable(name("folder"))).isEmpty();
    assertThat(HostFiles.unreadable(name("file"))).isEmpty();
  }

  @Test
  void keepsLinksAndModeOfWhatIsThere() throws IOException {
    Path other = Files.createLink(directory.resolve("other"), directory.resolve("file"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("other"));
    Object mode = Files.getAttribute(other, "unix:mode");

    HostFiles.create(link.toString(), "r--------").close();

    assertThat(link).isSymbolicLink();
    assertThat(directory.resolve("file")).isEmptyFile();
    assertThat(Files.getAttribute(other, "unix:nlink")).isEqualTo(2);
    assertThat(Files.getAttribute(other, "unix:mode")).isEqualTo(mode);
  }

  @Test
  void createsWhatALinkNames() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("new"));

    HostFiles.create(link.toString(), HostFiles.EVERYBODY).close();

    assertThat(directory.resolve("new")).isEmptyFile();
  }

  @Test
  void keepsDevices() throws IOException {
    HostFiles.create("/dev/null", HostFiles.EVERYBODY).close();

    assertThat(HostFiles.isDevice(Path.of("/dev/null"))).isTrue();
  }

  @Test
  void appends() throws IOException {
    HostFiles.append(name("file"), HostFiles.EVERYBODY).close();

    assertThat(directory.resolve("file")).hasContent("content");
  }
}
