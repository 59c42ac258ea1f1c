package org.vfioap.cli.running;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ground of tests in which root and an ordinary user run machines; none outlives a test. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithMachines {
  private Installation installation;
  private List<Caller> callers;

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

  @AfterEach
  final void stop() {
    callers.forEach(caller -> vfioap(caller, "stop", "--all"));
  }

  /** Calls the program as that user. */
  final ProgramRun vfioap(Caller caller, String... arguments) {
    List<String> command = new ArrayList<>(List.of(installation.program()));
    command.addAll(List.of(arguments));
    return caller.run(command.toArray(String[]::new));
  }
}
