package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a guest's own Linux has of what virsh does to its machine. */
final class GuestByVirshIT extends WithLibvirt {
  private static final String FUNCTIONS =
      """
      files=/run/vfioap/fuse/guests/guest
      inside() { sh /run/vfioap/guest.sh guest / "$@"; }
      queues() { echo $(inside ls /sys/bus/ap/devices); }
      is() { [ "$(virsh -q domstate guest --reason)" = "$1" ]; }
      """;

  private static final String RUNNING =
      """
      mdev $G1 '5' '4'
      domain guest "$(cat $G1.xml)"
      virsh -q start guest
      """
          + FUNCTIONS;

  /** Libvirt 9.0 with QEMU 7.2 keeps the reason of a running domain over each of them. */
  @ParameterizedTest
  @MethodSource("callers")
  void everyRebootStartsTheMdevsOfTheGuest(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            """
            inside sh -c "
              echo 'ATTR{../../bus/ap/apmask}=\\"0x0\\"' >/etc/udev/rules.d/41-ap.rules
              mdevctl define -p matrix -t vfio_ap-passthrough -u $G2
              mdevctl modify -u $G2 -a
              mdevctl modify -u $G2 --addattr assign_adapter --value 5
              mdevctl modify -u $G2 --addattr assign_domain --value 4"
            first() { cat $files/kernel/init; }
            again() { [ -n "$(first)" ] && [ "$(first)" != "$before" ]; }
            there() { [ "$(cat $files/sys/bus/mdev/devices/$G2/guest_matrix)" = 05.0004 ]; }
            for way in 'virsh -q reset guest' 'virsh -q reboot guest' 'inside reboot'; do
              before=$(first)
              ($way; :) 2>/dev/null
              await again
              await there 2>/dev/null
              virsh -q domstate guest --reason
            done
            """);

    assertThat(out).isEqualTo("running (booted)\n".repeat(3));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void guestPowersItselfOff(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            "(inside shutdown -h now; :) 2>/dev/null; await is 'shut off (shutdown)'; held $G1");

    assertThat(out).isEqualTo("free\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void guestSeesWhatTheMonitorTakesAndGives(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            """
            hmp() { virsh -q qemu-monitor-command guest --hmp "$@" >/dev/null; }
            queues
            hmp "device_del hostdev0"; queues
            hmp "device_add vfio-ap,sysfsdev=$matrix/$G1,id=hostdev0"; queues
            """);

    assertThat(out).isEqualTo("05.0004 card05\n\n05.0004 card05\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void tenCommandsEnterAtOnce(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            """
            for n in 0 1 2 3 4 5 6 7 8 9; do queues >out$n 2>&1 & done
            wait
            cat out? | uniq -c | tr -s ' '
            ps -C sh -o args= | grep -c "^sh [^ ]*/guest-init.sh "
            """);

    assertThat(out).isEqualTo(" 10 05.0004 card05\n1\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void adapterThatArrivesLaterReachesTheGuest(Caller caller) {
    virsh(
        caller,
        "echo -7 >/sys/bus/ap/apmask; mdev $G1 '5 7' '4'",
        "domain guest \"$(cat $G1.xml)\"");
    assertThat(virsh(caller, FUNCTIONS, "virsh -q start guest; queues"))
        .isEqualTo("05.0004 card05\n");

    vfioap(caller, "hw", machine(caller), "adapter", "7", "add", "CEX6", "cca");
    assertThat(virsh(caller, FUNCTIONS, "queues")).isEqualTo("05.0004 07.0004 card05 card07\n");

    vfioap(caller, "hw", machine(caller), "adapter", "7", "remove");
    assertThat(virsh(caller, FUNCTIONS, "queues")).isEqualTo("05.0004 card05\n");
  }
}
