package org.vfioap.cli.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ground of tests in which root and an ordinary user run machines; none outlives a test, nor
 * this process, should it be killed. Others may run machines meanwhile, so names are unlike theirs.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithMachines {
  /**
   * Ends a machine when nobody can write to its input any more, and not when a terminal says so.
   */
  private static final String STOP = "trap '' INT HUP; read -r _; exec \"$0\" stop \"$1\"";

  /** Tests of several classes run at once, so their machines have names of their own. */
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Installation installation;
  private List<Caller> callers;
  private final List<Process> started = new ArrayList<>();
  private final List<Process> startedForClass = new ArrayList<>();

  @BeforeAll
  final void install(@TempDir Path directory) {
    installation = Installation.into(directory);
    callers = Caller.all(directory);
    callers.forEach(caller -> caller.needsMachines(installation));
  }

  /** For parametrised tests. */
  final List<Caller> callers() {
    return callers;
  }

  /** The last of the callers, whose machines nobody else sees. */
  final Caller ordinary() {
    return callers.get(callers.size() - 1);
  }

  @AfterEach
  final void stop() throws Exception {
    stop(started);
  }

  @AfterAll
  final void stopThoseOfTheClass() throws Exception {
    stop(startedForClass);
  }

  private static void stop(List<Process> machines) throws Exception {
    for (Process machine : machines) {
      machine.getOutputStream().close();
      machine.waitFor();
    }
    machines.clear();
  }

  /** Makes sure of the emulated QEMU, for machines with libvirt. */
  final void installEmulator() {
    installation.addEmulator();
  }

  /** Returns the folder of s390-tools, which may be missing. */
  final Path s390Tools() {
    return installation.s390Tools();
  }

  /** Returns the path of the program. */
  final String program() {
    return installation.program();
  }

  /** Calls the program as that user. */
  final ProgramRun vfioap(Caller caller, String... arguments) {
    List<String> command = new ArrayList<>(List.of(installation.program()));
    command.addAll(List.of(arguments));
    return caller.run(command.toArray(String[]::new));
  }

  /** Starts a machine in the background that is ended after the test; returns its name. */
  final String start(Caller caller, String machine) {
    return start(started, "t", caller, machine);
  }

  /** Starts a machine in the background that is ended after the last test; returns its name. */
  final String startForClass(Caller caller, String machine, String... options) {
    return start(startedForClass, "c", caller, machine, options);
  }

  private String start(
      List<Process> list, String prefix, Caller caller, String machine, String... options) {
    String name = prefix + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    list.add(stopper(caller, name));
    List<String> arguments = new ArrayList<>(List.of("run", machine, "--name", name));
    arguments.addAll(List.of(options));
    ProgramRun run = vfioap(caller, arguments.toArray(String[]::new));
    if (run.status() != 0) {
      throw new AssertionError(run.err());
    }
    return name;
  }

  private Process stopper(Caller caller, String name) {
    try {
      return caller.start("sh", "-c", STOP, program(), name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets bash run a script in a running machine; standard error is part of the output. */
  final String bash(Caller caller, String name, String script) {
    return vfioap(caller, "exec", name, "--", "bash", "-c", "exec 2>&1\n" + script).out();
  }

  /** Lets bash run a script in a machine that lives as long. */
  final String bashIn(Caller caller, String machine, String script) {
    return vfioap(caller, "run", machine, "--", "bash", "-c", "exec 2>&1\n" + script).out();
  }

  /** Writes a file that the caller can read. */
  final Path file(Caller caller, String name, String text) {
    try {
      return Files.writeString(caller.home().resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
