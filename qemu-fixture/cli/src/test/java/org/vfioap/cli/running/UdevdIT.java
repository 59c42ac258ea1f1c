package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real systemd-udevd in a machine takes the uevents and applies its rules. */
final class UdevdIT extends WithMachines {
  private static final String UDEVD = "/lib/systemd/systemd-udevd";

  /** Functions for scripts: to listen to what udev tells of a subsystem, up to a line. */
  private static final String PROLOGUE =
      """
      cat >/etc/udev/rules.d/99-test.rules <<END
      ACTION=="add", SUBSYSTEM=="mdev", ENV{MADE_BY}="rule", ATTR{assign_adapter}="5"
      END
      UUID=62177883-f1bb-47f0-914d-32a22e3a8804
      listen() { exec 4< <(udevadm monitor --udev --property --subsystem-match=$1); heard '' >/dev/null; }
      heard() { while read -r line <&4; do echo "$line"; [ "$line" != "$1" ] || break; done; }
      change() { echo change >/sys/devices/ap/card06/uevent; heard DEVPATH=/devices/ap/card06 | tail -n 1; }
      echo -5 >/sys/bus/ap/apmask
      cd /sys/devices/vfio_ap/matrix
      """;

  @BeforeEach
  void needsUdevd() {
    assumeTrue(
        ordinary().run("test", "-x", UDEVD).status() == 0,
        "systemd-udevd is not installed: apt-get install udev");
  }

  private String udevd(Caller caller, String script) {
    return bashIn(caller, "document", PROLOGUE + script);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void appliesItsRulesAndTellsOthersOnce(Caller caller) {
    String script =
        "listen mdev\n"
            + UDEVD
            + """
             --daemon 2>/dev/null
            echo $UUID >mdev_supported_types/vfio_ap-passthrough/create
            udevadm settle
            cat $UUID/matrix
            echo 1 >$UUID/remove
            heard ACTION=remove | grep -E '^ACTION=|^MADE_BY='
            """;
    assertThat(udevd(caller, script))
        .isEqualTo(
            """
            05.
            ACTION=add
            MADE_BY=rule
            ACTION=bind
            ACTION=unbind
            ACTION=remove
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void othersAreToldDirectlyBeforeItStartsAndAfterItEnds(Caller caller) {
    String script =
        "listen ap\nchange\n"
            + UDEVD
            + """
             --daemon 2>/dev/null
            udevadm control --exit
            while udevadm control --ping 2>/dev/null; do true; done
            ls /run/udev/control
            change
            echo $UUID >mdev_supported_types/vfio_ap-passthrough/create
            cat $UUID/matrix
            """;
    assertThat(udevd(caller, script))
        .isEqualTo(
            """
            DEVPATH=/devices/ap/card06
            /run/udev/control
            DEVPATH=/devices/ap/card06
            """);
  }
}
