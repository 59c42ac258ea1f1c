package org.vfioap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vfioap.cli.InstalledEmulator.bare;
import static org.vfioap.cli.InstalledEmulator.connect;
import static org.vfioap.cli.InstalledEmulator.greeting;
import static org.vfioap.cli.InstalledEmulator.guest;
import static org.vfioap.cli.InstalledEmulator.status;
import static org.vfioap.cli.InstalledEmulator.stderr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.qemu.wire.LineSocket;

/** The program as others start it: libvirt, shells, links. */
class InstalledEmulatorTest {
  private static final String GREETING = "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, ";

  /** Opens a listening socket and starts a program that inherits it as descriptor 17. */
  private static final String HAND_OVER =
      """
      use Socket; use POSIX; $^F = 255;
      my ($path, @command) = @ARGV;
      socket(S, PF_UNIX, SOCK_STREAM, 0) && bind(S, sockaddr_un($path)) && listen(S, 1) or die $!;
      POSIX::dup2(fileno(S), 17) or die $!;
      exec(@command) or die $!;
      """;

  /** Starts a program that inherits one end of a pair as descriptor 17, and reads at the other. */
  private static final String PAIR =
      """
      use Socket; use POSIX; $^F = 255;
      socketpair(A, B, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die $!;
      POSIX::dup2(fileno(B), 17) or die $!;
      my $child = fork;
      if (!$child) { exec(@ARGV) or die $!; }
      print scalar <A>;
      kill 15, $child;
      waitpid $child, 0;
      """;

  @TempDir private static Path directories;
  private static InstalledEmulator emulator;

  @TempDir private Path directory;
  private Optional<Process> process = Optional.empty();

  @BeforeAll
  static void installs() throws Exception {
    emulator = InstalledEmulator.into(directories.resolve("a directory"));
  }

  @AfterEach
  void ends() {
    process.ifPresent(Process::destroyForcibly);
  }

  private Path socket() {
    return directory.resolve("qmp");
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process started = builder.start();
    process = Optional.of(started);
    return started;
  }

  @Test
  void greetsWithTheEnvironmentThatLibvirtLeaves() throws Exception {
    Process started = start(guest(emulator.program(), socket()));

    assertThat(greeting(socket(), started)).startsWith(GREETING);
  }

  @Test
  void startsThroughSymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(directories.resolve("qemu-kvm"), emulator.program());

    assertThat(greeting(socket(), start(guest(link, socket())))).startsWith(GREETING);
  }

  @Test
  void startsWithoutArchive() throws Exception {
    ProcessBuilder builder = guest(emulator.program(), socket());
    builder.environment().put("FIXTURE_JAVA_OPTIONS", "-XX:SharedArchiveFile=/nowhere.jsa");
    Process started = start(builder);

    assertThat(greeting(socket(), started)).startsWith(GREETING);
    started.toHandle().destroy();
    assertThat(stderr(started)).contains("terminating on signal 15").hasLineCount(1);
  }

  @Test
  void startsWithForeignArchive() throws Exception {
    Path foreign = Files.writeString(directory.resolve("foreign.jsa"), "not an archive");
    ProcessBuilder builder = guest(emulator.program(), socket());
    builder.environment().put("FIXTURE_JAVA_OPTIONS", "-XX:SharedArchiveFile=" + foreign);
    Process started = start(builder);

    assertThat(greeting(socket(), started)).startsWith(GREETING);
    started.toHandle().destroy();
    assertThat(stderr(started)).contains("terminating on signal 15").hasLineCount(1);
  }

  @Test
  void servesTheSocketThatItInherits() throws Exception {
    List<String> command = new ArrayList<>(List.of("perl", "-e", HAND_OVER, socket().toString()));
    command.add(emulator.program().toString());
    command.addAll(List.of("-nodefaults", "-S", "-display", "none"));
    command.addAll(List.of("-chardev", "socket,id=m,fd=17,server=on,wait=off"));
    command.addAll(List.of("-mon", "chardev=m,mode=control"));

    assertThat(greeting(socket(), start(bare(command)))).startsWith(GREETING);
  }

  @Test
  void greetsOnTheEndOfASocketPair() throws Exception {
    List<String> command = new ArrayList<>(List.of("perl", "-e", PAIR));
    command.addAll(List.of(emulator.program().toString(), "-M", "none", "-nodefaults"));
    command.addAll(List.of("-display", "none", "-chardev", "socket,id=m,fd=17"));
    command.addAll(List.of("-mon", "chardev=m,mode=control"));
    Process started = start(bare(command));

    assertThat(new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith(GREETING);
  }

  @Test
  void namesItselfInThePidFileAndRemovesItOnSignal() throws Exception {
    Path pidFile = directory.resolve("pid");
    Process started = start(guest(emulator.program(), socket(), "-pidfile", pidFile.toString()));
    try (LineSocket client = connect(socket(), started)) {
      client.receive();
      assertThat(pidFile).content().isEqualTo(started.pid() + "\n");
      started.toHandle().destroy();
      assertThat(status(started)).isZero();
    }
    assertThat(pidFile).doesNotExist();
    assertThat(socket()).doesNotExist();
    assertThat(stderr(started))
        .startsWith("qemu-system-s390x: terminating on signal 15 from pid ")
        .contains(ProcessHandle.current().pid() + " (");
  }

  @Test
  void endsOfTheSignalThatItsParentIgnores() throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
    command.addAll(guest(emulator.program(), socket()).command());
    Process started = start(bare(command));
    try (LineSocket client = connect(socket(), started)) {
      client.receive();
      start(new ProcessBuilder("kill", "-INT", Long.toString(started.pid()))).waitFor();
      assertThat(status(started)).isZero();
    }
    assertThat(stderr(started)).startsWith("qemu-system-s390x: terminating on signal 2 from pid ");
  }

  @Test
  void waitsForTheFirstClientWhereToldTo() throws Exception {
    String option = "unix:" + socket() + ",server=on";
    List<String> command = List.of(emulator.program().toString(), "-M", "none", "-qmp", option);
    Process started = start(bare(command));

    assertThat(greeting(socket(), started)).startsWith(GREETING);
    started.toHandle().destroy();
    assertThat(stderr(started))
        .startsWith("qemu-system-s390x: -qmp " + option + ": info: QEMU waiting for connection on");
  }

  @Test
  void goesToTheBackgroundWhenAllIsReady() throws Exception {
    Path pidFile = directory.resolve("pid");
    Process launcher =
        start(guest(emulator.program(), socket(), "-daemonize", "-pidfile", pidFile.toString()));

    assertThat(status(launcher)).isZero();
    assertThat(stderr(launcher)).isEmpty();
    ProcessHandle daemon =
        ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).orElseThrow();
    try {
      assertThat(greeting(socket(), launcher)).startsWith(GREETING);
    } finally {
      daemon.destroy();
    }
    daemon.onExit().join();
    assertThat(pidFile).doesNotExist();
  }

  @Test
  void failsInTheForegroundWhenItCannotGoToTheBackground() throws Exception {
    Process launcher = start(guest(emulator.program(), socket(), "-daemonize", "-machine", "x"));

    assertThat(stderr(launcher)).startsWith("qemu-system-s390x: unsupported machine type\n");
    assertThat(status(launcher)).isEqualTo(1);
  }

  @Test
  void loadsOnlyWhatTheGreetingNeeds() throws Exception {
    Path list = directory.resolve("classes");
    ProcessBuilder builder = guest(emulator.program(), socket());
    builder.environment().put("FIXTURE_JAVA_OPTIONS", "-Xlog:class+load:file=" + list);
    Process started = start(builder);
    greeting(socket(), started);
    started.destroyForcibly().waitFor();

    LoadedClasses classes = LoadedClasses.read(list);

    assertThat(classes.strangers()).isEmpty();
    assertThat(classes.own()).hasSizeBetween(50, 130);
  }
}
