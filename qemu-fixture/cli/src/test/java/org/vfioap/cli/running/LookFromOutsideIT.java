package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that look into a running machine without entering it. */
final class LookFromOutsideIT extends WithMachines {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String PREPARE =
      "echo -5 >/sys/bus/ap/apmask; echo "
          + UUID
          + " >/sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create;"
          + " cd /sys/bus/mdev/devices/"
          + UUID
          + "; echo 5 >assign_adapter; echo 4 >assign_domain";

  @ParameterizedTest
  @MethodSource("callers")
  void explainAsksTheMachine(Caller caller) {
    String name = start(caller, "document");
    bash(caller, name, PREPARE);

    assertThat(vfioap(caller, "explain", "05.0004", name).out())
        .contains("[/sys/bus/ap: exists]")
        .contains(UUID);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void planHoldsADeviceAgainstTheMachine(Caller caller) {
    String name = start(caller, "document");
    bash(caller, name, PREPARE);
    String hostdev =
        "<hostdev mode='subsystem' type='mdev' model='vfio-ap'><source><address uuid='%s'/>"
            + "</source></hostdev>";
    file(caller, "there.xml", String.format(hostdev, UUID));
    file(caller, "absent.xml", String.format(hostdev, "cef03c3c-903d-4ecc-9a83-40694cb8aee4"));

    assertThat(vfioap(caller, "plan", "there.xml", "--host", name).out())
        .endsWith("  " + UUID + ": nothing is wrong with it\n");
    assertThat(vfioap(caller, "plan", "absent.xml", "--host", name).out())
        .contains("error: device not found: mediated device 'cef03c3c");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void presetBehindAMachineOfItsNameCanBeReached(Caller caller) {
    ProgramRun run =
        vfioap(
            caller,
            "run",
            "document",
            "--name",
            "empty",
            "--",
            "sh",
            "-c",
            String.format(
                "%s explain 05.0004 preset:empty; %s matrix preset:empty", program(), program()));

    assertThat(run.out()).contains("adapter 05 is not").contains("No AP queues");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void whatConcernsTheRealComputerIsReadOnly(Caller caller) {
    String name = start(caller, "z16");

    assertThat(
            bash(
                caller,
                name,
                """
                for file in /sys/power/state /sys/power/mem_sleep /sys/devices/system/cpu/cpu0/uevent \\
                  /proc/sys/kernel/core_pattern /proc/sys/vm/swappiness /sys/fs/cgroup/cgroup.procs; do
                  [ -e $file ] && [ -w $file ] && echo $file
                done
                mkdir /sys/fs/cgroup/vfioap-test 2>/dev/null && echo a group
                echo +4 >/sys/bus/ap/apmask && echo done
                """))
        .isEqualTo("done\n");
  }
}
