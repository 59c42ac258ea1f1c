package org.vfioap.cli.running;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whichever process of a machine is killed, nothing of the machine is left.
 *
 * <pre>
 *  vfioap ── unshare ── init ── java (the daemon)
 *     └───── nsenter ── sleep (the command)
 * </pre>
 */
final class KilledProcessesIT extends WithMachines {
  private static final long PATIENCE = 20;

  /** A process of a machine, and how it is told from the others. */
  enum Victim {
    LAUNCHER("machine.sh"),
    UNSHARE("unshare"),
    INIT("vfioap-machine="),
    DAEMON("MachineDaemon"),
    NSENTER("nsenter"),
    COMMAND("sleep");

    private final String mark;

    Victim(String mark) {
      this.mark = mark;
    }

    /** The arguments of those that are started contain those of what they start. */
    private ProcessHandle among(List<ProcessHandle> processes) {
      Predicate<ProcessHandle> marked =
          process -> process.info().commandLine().orElse("").contains(mark);
      List<ProcessHandle> found = processes.stream().filter(marked).toList();
      assertThat(found).as(name()).isNotEmpty();
      return this == COMMAND ? found.get(found.size() - 1) : found.get(0);
    }
  }

  Stream<Arguments> victims() {
    return callers().stream()
        .flatMap(caller -> Stream.of(Victim.values()).map(victim -> Arguments.of(caller, victim)));
  }

  Stream<Arguments> victimsInTheBackground() {
    return victims()
        .filter(
            arguments ->
                List.of(Victim.UNSHARE, Victim.INIT, Victim.DAEMON).contains(arguments.get()[1]));
  }

  @ParameterizedTest
  @MethodSource("victims")
  void nothingIsLeftOfAMachineWithACommand(Caller caller, Victim victim) throws Exception {
    List<String> before = files(caller);
    Process launcher =
        caller.start(program(), "run", "document", "--", "sh", "-c", "echo up; exec sleep 1000");
    try (BufferedReader out = launcher.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("up");
      List<ProcessHandle> all = new ArrayList<>(List.of(launcher.toHandle()));
      launcher.descendants().forEach(all::add);

      victim.among(all).destroyForcibly();

      for (ProcessHandle process : all) {
        process.onExit().get(PATIENCE, SECONDS);
      }
      assertThat(launcher.waitFor()).isNotZero();
    } finally {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
    assertThat(files(caller)).isEqualTo(before);
    assertThat(mounts()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("victimsInTheBackground")
  void nothingIsLeftOfAMachineInTheBackground(Caller caller, Victim victim) throws Exception {
    List<String> before = files(caller);
    String name = start(caller, "document");
    bash(caller, name, "sleep 1000 >/dev/null 2>&1 &");
    ProcessHandle init = init(name);
    List<ProcessHandle> all = new ArrayList<>(List.of(init.parent().orElseThrow(), init));
    init.descendants().forEach(all::add);

    victim.among(all).destroyForcibly();

    for (ProcessHandle process : all) {
      process.onExit().get(PATIENCE, SECONDS);
    }
    assertThat(files(caller)).isEqualTo(before);
    assertThat(mounts()).isEmpty();
    assertThat(vfioap(caller, "list").out()).doesNotContain(name);
  }

  private static ProcessHandle init(String name) {
    return ProcessHandle.allProcesses()
        .filter(
            process -> process.info().commandLine().orElse("").endsWith("vfioap-machine=" + name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> files(Caller caller) throws IOException {
    try (Stream<Path> files = Files.walk(caller.home())) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  /** Mounts of a machine that would be seen outside. */
  private static List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .filter(line -> line.contains(" /run/vfioap") || line.startsWith("vfioap /sys"))
        .toList();
  }
}
