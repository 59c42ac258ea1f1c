package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a guest applies when it boots, and what it keeps.
 *
 * <pre>
 *   machine "document"
 *     mdev A: 05.0004              guest one: card05, 05.0004
 *                                    mdev B: 05.0004, starts with the guest
 * </pre>
 */
final class GuestBootIT extends WithGuests {
  /** In the guest: a mask that its rules set, and an mdev that starts by itself. */
  private static final String PERSISTENT =
      """
      modprobe vfio_ap
      mask=0xfbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
      echo $mask >/sys/bus/ap/apmask
      echo "ATTR{../../bus/ap/apmask}=\\"$mask\\"" >/etc/udev/rules.d/41-ap.rules
      mdevctl define -p matrix -t vfio_ap-passthrough -u $B
      mdevctl modify -u $B -a
      mdevctl modify -u $B --addattr assign_adapter --value 0x05
      mdevctl modify -u $B --addattr assign_domain --value 0x0004
      mdevctl start -u $B
      touch /run/old
      """;

  /** On the host: looks at the guest's files without entering it. */
  private static final String LOOK =
      """
      one=/run/vfioap/fuse/guests/one
      booted() { [ "$(cat $one/sys/bus/mdev/devices/$B/guest_matrix 2>/dev/null)" = 05.0004 ]; }
      nobody() { ! ps -C sh -o args= | grep -q "^sh [^ ]*/guest-init.sh "; }
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void resetAppliesRulesAndStartsMdevs(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, ONE);
    guest(caller, name, "one", PERSISTENT);
    host(caller, name, "tell one reset");

    assertThat(
            guest(
                caller,
                name,
                "one",
                "mdevctl list | grep . ; cat /sys/bus/mdev/devices/$B/guest_matrix; ls /run/old"))
        .isEqualTo(
            B
                + " matrix vfio_ap-passthrough auto (defined)\n05.0004\n"
                + "ls: cannot access '/run/old': No such file or directory\n");
    assertThat(host(caller, name, "ls /etc/udev/rules.d; mdevctl list -d | grep .")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("callers")
  void bootsThoughNobodyEnters(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, ONE);
    guest(caller, name, "one", PERSISTENT);

    assertThat(
            host(
                caller,
                name,
                LOOK
                    + """
                    tell one reset; await booted; head -c 4 $one/sys/bus/ap/apmask; echo
                    kill -9 $(cat /run/one.pid); await [ ! -d $one ]; await nobody
                    vm one ap,apqci,apft,apqi $A; await booted; head -c 4 $one/sys/bus/ap/apmask
                    """))
        .isEqualTo("0xfb\n0xfb");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void guestWithNothingToApplyHasNoProcess(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, ONE);
    guest(caller, name, "one", "touch /etc/libvirt/kept");

    assertThat(host(caller, name, LOOK + "tell one reset; await nobody; cat $one/kernel/init"))
        .isEmpty();
    assertThat(guest(caller, name, "one", "ls /etc/libvirt | grep kept")).isEqualTo("kept\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void guestThatEndsWhileItBootsLeavesNoProcess(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, ONE);
    guest(caller, name, "one", PERSISTENT);

    assertThat(
            host(
                caller,
                name,
                LOOK
                    + """
                    exec 2>/dev/null
                    begun() { ! nobody; }
                    held() { [ -n "$(cat $one/kernel/init)" ]; }
                    for stage in true begun held booted; do
                      tell one reset; await $stage; kill -9 $(cat /run/one.pid)
                      await [ ! -d $one ]
                      vm one ap,apqci,apft,apqi $A
                    done
                    kill -9 $(cat /run/one.pid)
                    await nobody
                    """))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("callers")
  void diskBelongsToTheUuidOrElseToTheName(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, "vm one - '' " + A + "; vm two - '' " + B + "; vm three -");
    guest(caller, name, "one", "echo one >/etc/libvirt/mark");
    guest(caller, name, "three", "echo three >/etc/libvirt/mark");
    host(
        caller,
        name,
        "kill -9 $(cat /run/{one,two,three}.pid); none() { [ -z \"$(ls /run/vfioap/fuse/guests)\" ]; };"
            + " await none; vm one - '' "
            + B
            + "; vm renamed - '' "
            + A
            + "; vm three -");
    assertThat(guest(caller, name, "one", "ls /etc/libvirt | grep mark")).isEmpty();
    assertThat(guest(caller, name, "renamed", "cat /etc/libvirt/mark")).isEqualTo("one\n");
    assertThat(guest(caller, name, "three", "cat /etc/libvirt/mark")).isEqualTo("three\n");
  }
}
