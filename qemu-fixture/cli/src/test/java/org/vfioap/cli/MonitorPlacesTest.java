package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vfioap.cli.InstalledEmulator.bare;
import static org.vfioap.cli.InstalledEmulator.status;
import static org.vfioap.cli.InstalledEmulator.stderr;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Monitors of the installed program elsewhere than on a socket that listens.
 *
 * <p>Source: what Debian's qemu-system-s390x 7.2.22 answers to the same.
 */
@Timeout(60)
final class MonitorPlacesTest {
  private static final String TALK =
      """
      {"execute":"qmp_capabilities"}
      {"execute":"query-chardev"}
      {"execute":"cont"}
      {"execute":"quit"}
      """;

  @TempDir private static Path directories;
  private static InstalledEmulator emulator;

  @TempDir private Path directory;
  private Optional<Process> process = Optional.empty();

  @BeforeAll
  static void installs() throws Exception {
    emulator = InstalledEmulator.into(directories.resolve("emulator"));
  }

  @AfterEach
  void ends() {
    process.ifPresent(Process::destroyForcibly);
  }

  private Process start(Redirect input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(emulator.program().toString()));
    command.addAll(List.of("-machine", "none", "-nodefaults", "-display", "none", "-S"));
    command.addAll(List.of(arguments));
    Process started = bare(command).redirectInput(input).start();
    process = Optional.of(started);
    return started;
  }

  private static Redirect nothing() {
    return Redirect.from(Path.of("/dev/null").toFile());
  }

  @Test
  void connectsToWhoListens() throws Exception {
    Path socket = directory.resolve("peer");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Process started = start(nothing(), "-qmp", "unix:" + socket);
      try (SocketChannel peer = server.accept()) {
        OutputStream out = Channels.newOutputStream(peer);
        out.write(TALK.getBytes(StandardCharsets.UTF_8));

        assertThat(text(Channels.newInputStream(peer).readAllBytes()))
            .contains("{\"frontend-open\": true, \"filename\": \"unix:\", \"label\":")
            .contains("\"event\": \"RESUME\"")
            .contains("\"event\": \"SHUTDOWN\"");
      }
      assertThat(status(started)).isZero();
    }
    assertThat(socket).exists();
  }

  @Test
  void leavesAloneWhatNobodyListensOn() throws Exception {
    Path file = Files.writeString(directory.resolve("letter"), "dear reader");
    Process started = start(nothing(), "-chardev", "socket,id=c,path=" + file + ",server=off");

    assertThat(status(started)).isEqualTo(1);
    assertThat(stderr(started))
        .endsWith(": Failed to connect to '" + file + "': Connection refused\n");
    assertThat(file).hasContent("dear reader");
  }

  @Test
  void saysWhyThereIsNobody() throws Exception {
    Path missing = directory.resolve("missing");
    assertThat(stderr(start(nothing(), "-qmp", "unix:" + missing)))
        .endsWith(": Failed to connect to '" + missing + "': No such file or directory\n");
    assertThat(stderr(start(nothing(), "-qmp", "unix:" + missing + ",wait=off")))
        .endsWith(": 'wait' option is incompatible with socket in client connect mode\n");
    assertThat(stderr(start(nothing(), "-qmp", "unix:" + missing + ",reconnect=1,server=on")))
        .endsWith(": 'reconnect' option is incompatible with socket in server listen mode\n");
    assertThat(stderr(start(nothing(), "-qmp", "tcp:127.0.0.1:abc,server=on,wait=off")))
        .endsWith(
            ": address resolution failed for 127.0.0.1:abc: Servname not supported for"
                + " ai_socktype\n");
  }

  @Test
  void tellsStandardOutputAboutEvents() throws Exception {
    Path talk = Files.writeString(directory.resolve("talk"), TALK);
    Process started = start(Redirect.from(talk.toFile()), "-qmp", "stdio");

    assertThat(text(started.getInputStream().readAllBytes()))
        .contains("{\"frontend-open\": true, \"filename\": \"stdio\", \"label\":")
        .contains("\"event\": \"RESUME\"")
        .contains("\"event\": \"SHUTDOWN\"");
    assertThat(status(started)).isZero();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
