package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that end by themselves, or before they have begun. */
final class EndOfMachinesIT extends WithMachines {
  @ParameterizedTest
  @MethodSource("callers")
  void machineInTheBackgroundSaysWhyItEnded(Caller caller) throws Exception {
    String name = start(caller, "empty");
    ProgramRun killed =
        vfioap(caller, "exec", name, "--", "sh", "-c", "kill -9 $(pgrep -f 'MachineDaemon empty')");
    assertThat(killed.status()).isNotZero();

    ProgramRun run = vfioap(caller, "exec", name, "--", "true");
    // Its last words come when all its processes are gone.
    while (!run.err().contains("does not run any more")) {
      run = vfioap(caller, "exec", name, "--", "true");
    }
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "vfioap: the machine " + name + " does not run any more: it ended with status 1")
        .contains("the daemon of the machine " + name + " has ended with status 137");
    assertThat(vfioap(caller, "dmesg", name).err()).contains("has ended with status 137");

    assertThat(vfioap(caller, "run", "empty", "--name", name).status()).isZero();
    assertThat(vfioap(caller, "stop", name).status()).isZero();
    assertThat(vfioap(caller, "dmesg", name).err()).doesNotContain("any more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void interruptedStartLeavesNothing(String signal) throws Exception {
    Caller caller = ordinary();
    String name = signal.toLowerCase(Locale.ROOT) + ProcessHandle.current().pid();
    // A shell lets what it starts in the background ignore SIGINT, and so may whoever runs the
    // tests.
    Process process =
        caller.start("env", "--default-signal", program(), "run", "z16", "--name", name);
    String machine = "vfioap-machin[e]=" + name;
    caller.run(
        "sh",
        "-c",
        "until pgrep -f \"$0\"; do :; done; kill -s $1 $2",
        machine,
        signal,
        String.valueOf(process.pid()));

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEqualTo("vfioap: interrupted: the machine " + name + " was not started\n");
    assertThat(process.waitFor()).isIn(129, 130, 143);
    assertThat(vfioap(caller, "list").out()).doesNotContain(name);
  }
}
