package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests and libvirtd end, die and come back; the guest has a device. */
final class LibvirtLifeIT extends WithLibvirt {
  private static final String RUNNING =
      """
      mdev $G1 '5' '4'
      domain guest "$(cat $G1.xml)"
      virsh -q start guest
      guest() { cat /run/libvirt/qemu/guest.pid; }
      state() { echo "$(held $G1) $(virsh -q domstate guest --reason)"; }
      is() { [ "$(virsh -q domstate guest --reason)" = "$1" ]; }
      """;

  private static final String DAEMON =
      """
      daemon() { cat /run/libvirtd.pid; }
      over() { ! kill -0 $1 2>/dev/null; }
      again() { await over $1; libvirtd -d; }
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void aKilledGuestFreesItsDevice(Caller caller) {
    String out =
        virsh(caller, RUNNING, "state; kill -9 $(guest); await is 'shut off (crashed)'; state");

    assertThat(out).isEqualTo("held running (booted)\nfree shut off (crashed)\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void resetAndSuspendKeepAndDestroyFreesTheDevice(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            """
            virsh -q reset guest; state
            virsh -q suspend guest; state; virsh -q resume guest; state
            virsh -q destroy guest; state
            """);

    assertThat(out)
        .isEqualTo(
            """
            held running (booted)
            held paused (user)
            held running (unpaused)
            free shut off (destroyed)
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void shutdownFreesTheDevice(Caller caller) {
    String out =
        virsh(caller, RUNNING, "virsh -q shutdown guest; await is 'shut off (shutdown)'; state");

    assertThat(out).isEqualTo("free shut off (shutdown)\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void guestsAndDevicesOutliveLibvirtd(Caller caller) {
    String out =
        virsh(
            caller,
            RUNNING,
            DAEMON,
            """
            for signal in TERM KILL; do
              old=$(daemon)
              kill -$signal $old
              again $old
              state; hostdevs guest
              virsh -q detach-device guest $G1.xml; state
              virsh -q attach-device guest $G1.xml; state
            done
            """);

    String each =
        "held running (booted)\n" + GUEST1 + "\nfree running (booted)\nheld running (booted)\n";
    assertThat(out).isEqualTo(each + each);
  }
}
