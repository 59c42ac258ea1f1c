package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines are started, entered and ended by root and by an ordinary user. */
final class RunCommandIT extends WithMachines {
  @ParameterizedTest
  @MethodSource("callers")
  void commandFindsTheMachineInSys(Caller caller) {
    ProgramRun run = vfioap(caller, "run", "document", "--", "cat", "/sys/devices/ap/card05/type");

    assertThat(run).isEqualTo(new ProgramRun(0, "CEX5C\n", ""));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void passesTheExitStatusOn(Caller caller) {
    assertThat(vfioap(caller, "run", "z16", "--", "sh", "-c", "exit 7").status()).isEqualTo(7);
    assertThat(vfioap(caller, "run", "z16", "--", "sh", "-c", "kill -9 $$").status())
        .isEqualTo(137);
    assertThat(vfioap(caller, "run", "z16", "--", "nosuch").status()).isEqualTo(127);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void runsInTheBackgroundUntilItIsStopped(Caller caller) {
    assertThat(vfioap(caller, "run", "z16").out()).isEqualTo("z16\n");
    assertThat(vfioap(caller, "run", "z16").out()).isEqualTo("z16-2\n");
    assertThat(vfioap(caller, "exec", "z16-2", "--", "hostname").out()).isEqualTo("z16-2\n");
    assertThat(vfioap(caller, "exec", "--", "hostname").err())
        .isEqualTo("vfioap: several machines are running, so say which: z16 z16-2\n");
    assertThat(vfioap(caller, "stop", "z16").status()).isZero();
    assertThat(vfioap(caller, "list").out()).contains("z16-2").hasLineCount(2);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void saysWhatIsWrongWithTheMachine(Caller caller) {
    ProgramRun run = vfioap(caller, "run", "nosuch.yaml");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: nosuch.yaml: there is no such file; allowed: ");
  }
}
