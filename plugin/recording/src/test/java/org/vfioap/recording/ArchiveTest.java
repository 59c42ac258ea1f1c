package org.vfioap.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.vfioap.machine.Machine;

/** Archives of a host's files, honest and hostile ones. */
final class ArchiveTest {
  private static final String CARD = "sys/devices/ap/card05/";
  private static final String ZEROS = "\0".repeat(4000);

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = directory.resolve("host.tar");
  }

  private static OutputStream packed(OutputStream out, String how) throws IOException {
    return switch (how) {
      case "gz" -> new GZIPOutputStream(out);
      case "xz" -> new XZOutputStream(out, new LZMA2Options(1));
      default -> out;
    };
  }

  private void archive(String how, Map<String, String> contents) throws IOException {
    try (OutputStream out = packed(Files.newOutputStream(file), how);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, String> each : contents.entrySet()) {
        put(tar, each.getKey(), each.getValue());
      }
    }
  }

  /** An arrow before a content makes it a link. */
  private static void put(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    if (content.startsWith("-> ")) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
      link.setLinkName(content.substring("-> ".length()));
      tar.putArchiveEntry(link);
    } else {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(bytes.length);
      tar.putArchiveEntry(entry);
      tar.write(bytes);
    }
    tar.closeArchiveEntry();
  }

  private String recorded() {
    return Recording.of(file).yaml();
  }

  @ParameterizedTest
  @CsvSource({"plain, ''", "gz, sosreport-a/", "xz, ./sosreport-a/", "xz, a/b/", "plain, /"})
  void findsTheHostInAnArchive(String how, String prefix) throws IOException {
    archive(
        how,
        Map.of(
            prefix + CARD + "raw_hwtype", "13\n" + ZEROS,
            prefix + CARD + "ap_functions", "0x06800000\n",
            prefix + CARD + "05.0004/config", "1\n",
            prefix + "proc/version", "Linux version 6.1.0-1 (x@y) #1\n",
            prefix + "var/log/messages", "much\n"));

    assertThat(recorded()).contains("profile: linux-6.1\n", "5: {type: CEX7, mode: ep11}");
  }

  @Test
  void readsAnArchiveOfAWholeSys() throws IOException {
    Path sys = directory.resolve("sys");
    RecordedFolder.copySys(Machine.preset("z17"), sys);
    archive("xz", RecordedFolder.files(directory));

    assertThat(recorded().lines().skip(1))
        .isEqualTo(Recording.of(sys).yaml().lines().skip(1).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../secret", "/etc/../../secret", "a/../../secret"})
  void ignoresNamesThatLeadOut(String name) {
    assertThat(Archive.normal(name)).isNull();
  }

  @Test
  void followsLinksWithinTheArchiveOnly() throws IOException {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "10\n");
    archive(
        "plain",
        Map.of(
            CARD + "raw_hwtype",
            "-> " + secret,
            CARD + "ap_functions",
            "-> ../../../../functions/devices/ap/bits",
            "functions/devices/ap/bits",
            "0x06800000\n",
            "sys/devices/ap/card06",
            "-> card06"));

    assertThat(recorded()).contains("5: {type: CEX8, mode: ep11").doesNotContain("CEX4");
  }

  @Test
  void endsOfLinksThatLeadInACircle() throws IOException {
    archive("plain", Map.of("sys/devices/ap", "-> ../bus/ap", "sys/bus/ap", "-> ../devices/ap"));

    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(this::recorded)
        .withMessageContaining("has no AP bus");
  }

  @Test
  void cutsLongFiles() throws IOException {
    archive("gz", Map.of(CARD + "config", "1\n", CARD + "serialnr", "x".repeat(1 << 20)));

    assertThat(recorded()).hasSizeLessThan(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no archive", "\u001f\u008b garbage", "\u00fd7zXZ\0 garbage"})
  void refusesWhatIsNoArchive(String content) throws IOException {
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);

    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(this::recorded)
        .withMessageContainingAll(file.toString(), "cannot be read as a tar archive", ".tar.xz");
  }

  @Test
  void refusesADamagedArchive() throws IOException {
    archive("xz", Map.of(CARD + "config", "1\n"));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThatExceptionOfType(RecordingException.class).isThrownBy(this::recorded);
  }
}
