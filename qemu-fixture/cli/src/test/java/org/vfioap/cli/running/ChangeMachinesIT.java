package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines that run are changed, watched and rebooted. */
final class ChangeMachinesIT extends WithMachines {

  @ParameterizedTest
  @MethodSource("callers")
  void hardwareComesGoesAndFails(Caller caller) {
    String name = start(caller, "z16");

    assertThat(vfioap(caller, "hw", name, "adapter", "0x05", "add").status()).isZero();
    assertThat(vfioap(caller, "hw", name, "adapter", "0-1", "remove").status()).isZero();
    assertThat(vfioap(caller, "hw", name, "domain", "2-7", "remove").status()).isZero();
    assertThat(vfioap(caller, "hw", name, "control-domain", "9", "remove").status()).isZero();
    assertThat(vfioap(caller, "hw", name, "queue", "03.0001", "checkstopped").status()).isZero();
    assertThat(vfioap(caller, "hw", name, "adapter", "4", "deconfigure").status()).isZero();
    assertThat(bash(caller, name, "cd /sys/bus/ap/devices; ls | tr '\\n' ' '; cat 03.0001/chkstop"))
        .isEqualTo(
            "02.0000 02.0001 03.0000 03.0001 04.0000 04.0001 05.0000 05.0001 card02 card03"
                + " card04 card05 1\n");
    assertThat(bash(caller, name, "cat /sys/devices/ap/card04/config")).isEqualTo("0\n");
    assertThat(vfioap(caller, "hw", name).out())
        .contains("adapter   5  card05  CEX8  ep11\n")
        .contains("adapter   4  card04  CEX7  cca    deconfigured\n")
        .contains("domains 0-1\n")
        .contains("control domains 0-8,10-31\n")
        .contains("queue 03.0001  checkstopped\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void saysWhichChangesThereAre(Caller caller) {
    String name = start(caller, "empty");

    assertThat(vfioap(caller, "hw", name, "adapter", "05", "add"))
        .isEqualTo(
            new ProgramRun(
                2,
                "",
                "vfioap: adapter '05' is no number, range or list of them; allowed: 0 to 255,"
                    + " decimal without leading zeros or 0x hexadecimal, as 5 or 0x0a or 4-6,9\n"));
    assertThat(vfioap(caller, "hw", name, "adapter", "5", "explode").err())
        .startsWith("vfioap: unknown adapter action 'explode'; allowed: ");
    assertThat(vfioap(caller, "hw", name, "queue", "5.4", "ok").err())
        .isEqualTo("vfioap: APQN '5.4' is not of the form 05.00ab\n");
    assertThat(vfioap(caller, "hw", name, "queue", "05.0004", "ok").err())
        .isEqualTo("vfioap: there is no queue 05.0004; adapters: none, domains: none\n");
    vfioap(caller, "hw", name, "adapter", "5", "add");
    vfioap(caller, "hw", name, "domain", "4", "add");
    assertThat(vfioap(caller, "hw", name, "queue", "05.0004", "lost").err())
        .startsWith("vfioap: a queue cannot be 'lost'; allowed: ok, absent, checkstopped, ");
    assertThat(vfioap(caller, "hw", "nosuch", "scan").err())
        .startsWith("vfioap: no machine is called 'nosuch'; running: ");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void kernelSpeaksAndIsDrawn(Caller caller) {
    String name = start(caller, "document");
    String uuid = "62177883-f1bb-47f0-914d-32a22e3a8804";
    bash(
        caller,
        name,
        "echo -5 > /sys/bus/ap/apmask; cd /sys/class/mdev_bus/matrix; echo "
            + uuid
            + " > mdev_supported_types/vfio_ap-passthrough/create; echo 5 > "
            + uuid
            + "/assign_adapter; echo 4 > "
            + uuid
            + "/assign_domain; echo +5 > /sys/bus/ap/apmask");

    assertThat(vfioap(caller, "dmesg", name).out())
        .contains("Userspace may not re-assign queue 05.0004 already assigned to " + uuid);
    assertThat(vfioap(caller, "events", name).out())
        .contains("ACTION=add DEVPATH=/devices/vfio_ap/matrix/" + uuid + " SUBSYSTEM=mdev");
    assertThat(vfioap(caller, "matrix", name).out()).contains("05 CEX5C      a");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void rebootTakesNoWords(Caller caller) throws Exception {
    String name = start(caller, "empty");
    bash(caller, name, "touch /run/still-here");

    String list = vfioap(caller, "list", "--json").out();
    try (ControlClient client = ControlClient.of(list, name)) {
      assertThat(client.send("[\"reboot\",\"x\"]").line())
          .isEqualTo("{\"error\":\"'x' is unknown; reboot stands alone\"}");
    }
    assertThat(bash(caller, name, "ls /run/still-here")).isEqualTo("/run/still-here\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void newsAreObjectsToo(Caller caller) {
    String name = start(caller, "document");
    String uuid = "62177883-f1bb-47f0-914d-32a22e3a8804";
    bash(
        caller,
        name,
        "echo -5 >/sys/bus/ap/apmask; cd /sys/class/mdev_bus/matrix; echo "
            + uuid
            + " >mdev_supported_types/vfio_ap-passthrough/create; cd "
            + uuid
            + "; echo 5 >assign_adapter; echo 4 >assign_domain; echo +5 >/sys/bus/ap/apmask");

    assertThat(vfioap(caller, "events", name, "--json").out())
        .contains("{\"seqnum\":1,\"action\":\"")
        .contains("\"devpath\":\"/devices/ap/card05\",\"subsystem\":\"ap\",\"properties\":{\"");
    assertThat(vfioap(caller, "dmesg", name, "--json").out())
        .contains("{\"time\":")
        .contains("\"level\":\"warning\",\"source\":\"")
        .contains("\"message\":\"Userspace may not re-assign queue 05.0004 ");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void modulesAreThoseOfTheMachine(Caller caller) {
    String name = start(caller, "z16");

    assertThat(bash(caller, name, "modprobe vfio_ap; lsmod | grep vfio_ap; rmmod vfio_ap; echo $?"))
        .isEqualTo(
            """
            mdev                   32768  1 vfio_ap
            vfio                   32768  1 vfio_ap
            vfio_ap                32768  0
            0
            """);
    assertThat(bash(caller, name, "ls -d /sys/devices/vfio_ap; rmmod vfio_ap; echo $?"))
        .isEqualTo(
            """
            ls: cannot access '/sys/devices/vfio_ap': No such file or directory
            rmmod: ERROR: Module vfio_ap is not currently loaded
            1
            """);
    assertThat(
            bash(
                caller,
                name,
                "modprobe vfio-ap; ls /sys/devices/vfio_ap; modprobe nosuch; echo $?"))
        .startsWith("matrix\n")
        .contains("modprobe: FATAL: Module nosuch not found in directory /lib/modules/")
        .endsWith("\n1\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void modulesAreLoadedByFullPathToo(Caller caller) {
    String script =
        "/sbin/rmmod vfio_ap; ls -d /sys/devices/vfio_ap; "
            + "/sbin/modprobe vfio_ap; /sbin/lsmod | grep '^vfio_ap '; ls /sbin/ldconfig";

    assertThat(bashIn(caller, "z16", script))
        .isEqualTo(
            """
            ls: cannot access '/sys/devices/vfio_ap': No such file or directory
            vfio_ap                32768  0
            /sbin/ldconfig
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void moduleInUseStays(Caller caller) {
    String script =
        """
        cd /sys/class/mdev_bus/matrix
        echo 62177883-f1bb-47f0-914d-32a22e3a8804 > mdev_supported_types/vfio_ap-passthrough/create
        exec 3<>/dev/vfio/0
        rmmod vfio_ap; echo $?
        modprobe -r vfio_ap; echo $?
        exec 3>&-
        rmmod vfio_ap; echo $?
        """;
    assertThat(bashIn(caller, "document", script))
        .isEqualTo(
            """
            rmmod: ERROR: Module vfio_ap is in use
            1
            modprobe: FATAL: Module vfio_ap is in use.
            1
            0
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void rebootKeepsHardwareAndEtcAlone(Caller caller) {
    String name = start(caller, "z16");
    vfioap(caller, "hw", name, "adapter", "5", "add");
    bash(
        caller,
        name,
        "touch /run/x /etc/libvirt/x; echo 0x0 > /sys/bus/ap/apmask; sleep 1000 >/dev/null 2>&1 &");

    assertThat(vfioap(caller, "reboot", name)).isEqualTo(new ProgramRun(0, "", ""));
    assertThat(bash(caller, name, "ls /run /etc/libvirt /sys/devices/ap | grep -E '^x|card05'"))
        .isEqualTo("x\ncard05\n");
    assertThat(bash(caller, name, "cat /sys/bus/ap/bindings; ps -C sleep >/dev/null || echo none"))
        .isEqualTo("48/48 (complete)\nnone\n");
  }

  /** The rules are those of chzdev 2.35.0 (Debian's s390-tools for s390x, 2026-11-27). */
  @ParameterizedTest
  @MethodSource("callers")
  void rebootAppliesTheMasksOfChzdev(Caller caller) {
    String name = start(caller, "document");
    bash(
        caller,
        name,
        """
        cat >/etc/udev/rules.d/41-ap.rules <<'END'
        # Generated by chzdev
        ACTION=="change", SUBSYSTEM=="ap", DEVPATH=="/devices/ap", ENV{BINDINGS}=="complete", ENV{COMPLETECOUNT}=="1", GOTO="cfg_ap"
        GOTO="end_ap"

        LABEL="cfg_ap"

        ATTR{../../bus/ap/apmask}="0xfbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        RUN{builtin}+="kmod load vfio_ap"

        LABEL="end_ap"
        END
        """);
    vfioap(caller, "reboot", name);

    assertThat(bash(caller, name, "cat /sys/bus/ap/apmask; ls /sys/bus/ap/drivers/vfio_ap"))
        .isEqualTo(
            """
            0xfbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            05.0004
            05.0047
            05.00ab
            05.00ff
            bind
            module
            uevent
            unbind
            """);
  }
}
