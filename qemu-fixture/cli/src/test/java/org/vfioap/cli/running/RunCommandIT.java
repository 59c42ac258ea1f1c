package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines are started, entered and ended by root and by an ordinary user. */
@Isolated("It lists all machines of a user, who is the only one where root does not run the tests.")
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

  @Test
  void numbersNamesAndAsksWhichMachineIsMeant() {
    Caller caller = ordinary();
    assertThat(vfioap(caller, "run", "z16").out()).isEqualTo("z16\n");
    assertThat(vfioap(caller, "run", "z16").out()).isEqualTo("z16-2\n");
    assertThat(vfioap(caller, "exec", "z16-2", "--", "hostname").out()).isEqualTo("z16-2\n");
    assertThat(vfioap(caller, "exec", "--", "hostname").err())
        .isEqualTo("vfioap: several machines are running, so say which: z16 z16-2\n");
    assertThat(vfioap(caller, "stop").err())
        .isEqualTo("vfioap: several machines are running, so say which: z16 z16-2\n");
    assertThat(vfioap(caller, "stop", "z16")).isEqualTo(new ProgramRun(0, "z16\n", ""));
    assertThat(vfioap(caller, "stop").err())
        .isEqualTo("vfioap: which machine? Only z16-2 (z16) runs: vfioap stop z16-2, or --all\n");
    assertThat(vfioap(caller, "list").out()).contains("z16-2").hasLineCount(2);
    assertThat(vfioap(caller, "exec", "--", "hostname").out()).isEqualTo("z16-2\n");
    assertThat(vfioap(caller, "run", "z14", "--name", "other").status()).isZero();
    assertThat(vfioap(caller, "stop", "other", "nosuch").status()).isEqualTo(2);
    assertThat(vfioap(caller, "stop", "other", "z16-2").out()).isEqualTo("other\nz16-2\n");
    assertThat(vfioap(caller, "run", "z14", "--name", "last").status()).isZero();
    assertThat(vfioap(caller, "stop", "--all").out()).isEqualTo("last\n");
    assertThat(vfioap(caller, "exec", "--", "hostname").err())
        .startsWith("vfioap: no machine is running; start one with: ");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void runsInTheBackgroundUntilItIsStopped(Caller caller) {
    String name = start(caller, "z16");

    assertThat(bash(caller, name, "hostname; cat /sys/bus/ap/bindings"))
        .isEqualTo(name + "\n40/40 (complete)\n");
    assertThat(vfioap(caller, "list", "--json").out()).contains("{\"name\":\"" + name + "\",");
    assertThat(vfioap(caller, "run", "z14", "--name", name).err())
        .startsWith("vfioap: a machine called '" + name + "' is running; ");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void keepsFolderEnvironmentAndInput(Caller caller) {
    String name = start(caller, "empty");

    assertThat(
            bash(caller, name, "pwd; echo $HOME; cd /run; pwd; echo $SYSTEMD_DEVICE_VERIFY_SYSFS"))
        .isEqualTo(caller.home() + "\n" + caller.home() + "\n/run\n0\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void readsMachineFilesFromAnywhere(Caller caller) {
    file(caller, "lab.yaml", "adapters: {1: {type: CEX7}}\ndomains: [2]\n");

    assertThat(
            vfioap(caller, "run", "lab.yaml", "--", "sh", "-c", "hostname; ls /sys/bus/ap/devices")
                .out())
        .isEqualTo("lab\n01.0002\ncard01\n");
    assertThat(
            caller.run("bash", "-c", "'" + program() + "' run <(cat lab.yaml) -- hostname").out())
        .isEqualTo("machine\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void leavesThisComputerAsItIs(Caller caller) {
    String host =
        caller.run("sh", "-c", "cat /proc/mounts; ls /run /dev /etc/mdevctl.d; hostname").out();
    String name = start(caller, "z16");
    bash(caller, name, "touch /run/x /etc/mdevctl.d/x /dev/x; hostname other");

    assertThat(
            caller.run("sh", "-c", "cat /proc/mounts; ls /run /dev /etc/mdevctl.d; hostname").out())
        .isEqualTo(host);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void hasFoldersThatThisComputerLacks(Caller caller) {
    String script =
        """
        mount -t tmpfs none /var/log
        touch /var/log/other
        "$0" run z16 -- sh -c 'cd /var/log; touch libvirt/x; echo written >other; ls . libvirt'
        cat /var/log/*
        """;
    ProgramRun run =
        caller.run("unshare", "--map-root-user", "--mount", "sh", "-c", script, program());

    assertThat(run.out()).isEqualTo(".:\nlibvirt\nother\n\nlibvirt:\nqemu\nx\nwritten\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void saysWhatIsWrongWithTheMachine(Caller caller) {
    ProgramRun run = vfioap(caller, "run", "nosuch.yaml");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("vfioap: nosuch.yaml: there is no such file; allowed: ");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void showsTheDevicesOfThisComputerIfAskedTo(Caller caller) {
    String script =
        """
        exec 2>&1
        ls -d /sys/bus/ap /sys/class/mem /dev/null
        cat /sys/bus/ap/bindings
        rmmod vfio_ap; modprobe vfio_ap; ls /sys/devices/vfio_ap
        """;
    assertThat(vfioap(caller, "run", "z16", "--with-host", "--", "sh", "-c", script).out())
        .isEqualTo(
            "/dev/null\n/sys/bus/ap\n/sys/class/mem\n40/40 (complete)\nmatrix\npower\nuevent\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void passesTheEndOfTheSessionOnToTheCommand(Caller caller) throws Exception {
    String script = "trap 'echo ends; exit 3' TERM; echo up; while true; do sleep 0.1; done";
    Process run = caller.start(program(), "run", "empty", "--", "sh", "-c", script);
    try (BufferedReader out = run.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("up");
      run.toHandle().destroy();
      assertThat(out.readLine()).isEqualTo("ends");
      assertThat(run.waitFor()).isEqualTo(3);
    } finally {
      run.destroyForcibly();
    }
  }
}
