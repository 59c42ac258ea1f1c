package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs in guests, which are hosts again.
 *
 * <pre>
 *   machine "document": card05 CEX5C, card06 CEX5A, domains 04 47 ab ff
 *     mdev A: 05.0004              guest one: card05, 05.0004
 *                                    mdev B: 05.0004 (in the guest)
 * </pre>
 */
final class GuestIT extends WithGuests {
  @ParameterizedTest
  @MethodSource("callers")
  void guestSeesWhatIsPassedOn(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, ONE);

    assertThat(
            guest(
                caller,
                name,
                "one",
                """
                hostname; ls /sys/bus/ap/devices; basename $(readlink /sys/bus/ap/devices/05.0004/driver)
                cat /sys/devices/ap/card05/{hwtype,type}; ls /dev/vfio
                cut -c1-4 /sys/bus/ap/ap_{usage_domain,control_domain,adapter}_mask
                """))
        .isEqualTo("one\n05.0004\ncard05\ncex4queue\n11\nCEX5C\nvfio\n0x08\n0x08\n0x04\n");
    assertThat(vfioap(caller, "guest", "list", name, "--json").out())
        .matches(
            "\\[\\{\"name\":\"one\",\"pid\":\\d+,\"features\":\\[\"ap\",\"apqci\",\"apft\",\"apqi\"\\],"
                + "\"mdevs\":\\[\""
                + A
                + "\"\\],\"apqns\":\\[\"05.0004\"\\]\\}\\]\n");
    assertThat(vfioap(caller, "guest", "list", name).out())
        .contains("one ", ALL, A, "05.0004")
        .startsWith("GUEST");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void hotPlugReachesMdevOfGuest(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, "echo -5 >/sys/bus/ap/apmask; mdev $A; vm one " + ALL + " $A");
    String matrix = "cat /sys/bus/mdev/devices/$B/guest_matrix";
    guest(
        caller,
        name,
        "one",
        "echo -5 >/sys/bus/ap/apmask; mdev $B; assign $B adapter 5; assign $B domain 4");
    assertThat(guest(caller, name, "one", matrix)).isEmpty();

    host(caller, name, "for k in adapter:5 domain:4 control_domain:4; do assign $A ${k/:/ }; done");
    assertThat(guest(caller, name, "one", matrix + "; ls /sys/bus/ap/drivers/vfio_ap | grep 0"))
        .isEqualTo("05.0004\n05.0004\n");

    host(
        caller,
        name,
        "cd /sys/bus/mdev/devices/$A; echo 5 >unassign_adapter; echo 4 >unassign_domain; echo 4"
            + " >unassign_control_domain");
    assertThat(guest(caller, name, "one", matrix + "; ls /sys/bus/ap/devices")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("callers")
  void guestFollowsAtomicUpdate(Caller caller) {
    Path file =
        file(
            caller,
            "update.yaml",
            """
            profile: linux-6.12
            adapters: {5: {type: CEX8, mode: cca}, 6: {type: CEX8, mode: ep11}}
            domains: [4, 7]
            control-domains: [4, 7]
            """);
    String name = start(caller, file.toString());
    host(caller, name, ONE);
    assertThat(guest(caller, name, "one", "ls /sys/bus/ap/devices")).isEqualTo("05.0004\ncard05\n");

    host(
        caller,
        name,
        "echo 0x06,0x09,0x09 >/sys/bus/mdev/devices/$A/ap_config; cat"
            + " /sys/bus/mdev/devices/$A/guest_matrix >/run/expected");
    assertThat(guest(caller, name, "one", "ls /sys/bus/ap/devices | grep -v card"))
        .isEqualTo(host(caller, name, "cat /run/expected"))
        .isEqualTo("05.0004\n05.0007\n06.0004\n06.0007\n");
    assertThat(
            guest(
                caller, name, "one", "cut -c1-4 /sys/bus/ap/ap_{usage,control}_domain_mask | uniq"))
        .isEqualTo("0x09\n");
  }

  /** The shortest period that the kernel allows is five seconds; drivers/s390/crypto/ap_bus.c. */
  @Test
  void guestScansWhenItsPeriodIsOver() {
    Caller caller = ordinary();
    Path file =
        file(
            caller,
            "timed.yaml",
            """
            scan: timed
            adapters: {5: {type: CEX8, mode: cca}, 6: {type: CEX8, mode: cca}}
            domains: [4]
            """);
    String name = start(caller, file.toString());
    host(caller, name, ONE);
    String queues = "ls /sys/bus/ap/devices | grep -v card; ";
    guest(caller, name, "one", "echo 5 >/sys/bus/ap/config_time; echo 1 >/sys/bus/ap/scans");

    host(caller, name, "assign $A adapter 6");
    assertThat(
            guest(
                caller,
                name,
                "one",
                queues + "await [ -e /sys/bus/ap/devices/06.0004 ]; echo then; " + queues))
        .isEqualTo("05.0004\nthen\n05.0004\n06.0004\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void endOfGuestEndsWhatRunsInIt(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, ONE);
    guest(caller, name, "one", "touch /etc/libvirt/kept; sleep 1000 >/dev/null 2>&1 &");

    assertThat(
            host(
                caller,
                name,
                "kill -9 $(cat /run/one.pid); cat /sys/bus/ap/devices/05.0004/status"))
        .isIn("assigned\n", "in use\n");
    assertThat(
            host(
                caller,
                name,
                "while [ -d /run/vfioap/fuse/guests/one ]; do :; done; vm one " + ALL + " $A"))
        .isEmpty();
    assertThat(guest(caller, name, "one", "ls /sys/bus/ap/devices")).isEqualTo("05.0004\ncard05\n");
    assertThat(host(caller, name, "ps -C sleep -o args= | grep 1000")).isEmpty();
    assertThat(guest(caller, name, "one", "ls /etc/libvirt | grep kept")).isEqualTo("kept\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void moduleOfHostStaysWhileGuestHasMdev(Caller caller) {
    String name = start(caller, "document");

    assertThat(host(caller, name, ONE + "rmmod vfio_ap; tell one unplug; rmmod vfio_ap; echo $?"))
        .isEqualTo("rmmod: ERROR: Module vfio_ap is in use\n0\n");
    assertThat(guest(caller, name, "one", "lsmod | grep -c vfio_ap; rmmod vfio_ap; ls /dev/vfio"))
        .isEqualTo("3\nvfio\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void cpuFeaturesDecideWhatThereIs(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, "vm none -; vm blind ap,apqci");

    assertThat(guest(caller, name, "none", "ls /sys/bus")).doesNotContain("ap\n");
    assertThat(guest(caller, name, "blind", "ls /sys/bus/ap; ls /sys/bus/ap/devices"))
        .contains("apmask\n")
        .doesNotContain("card");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void eventsOfGuestStayInGuest(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, ONE);
    String listen =
        "timeout 30 udevadm monitor --udev --property >/run/events &"
            + " until grep -qs '^UDEV - ' /run/events || ! kill -0 %1; do :; done; ";
    String hear =
        "until [ $(grep -c DEVPATH=.*$B /run/events) -ge 2 ] || ! kill -0 %1; do :; done; kill %1;";

    assertThat(
            guest(
                caller,
                name,
                "one",
                listen + "mdev $B; " + hear + " grep -c DEVPATH=.*$B /run/events"))
        .isEqualTo("2\n");
    assertThat(vfioap(caller, "events", name).out()).contains(A).doesNotContain(B);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void saysWhichGuestsThereAre(Caller caller) {
    String name = start(caller, "empty");

    assertThat(vfioap(caller, "guest", name, "one", "exec", "--", "true"))
        .isEqualTo(
            new ProgramRun(
                2,
                "",
                "vfioap: no guest is called 'one'; running: none; a guest runs while its QEMU"
                    + " does\n"));
    assertThat(vfioap(caller, "guest", "list", name))
        .isEqualTo(new ProgramRun(0, "", "no guest runs on " + name + "\n"));
    assertThat(vfioap(caller, "guest", "one", "exec").err())
        .startsWith("vfioap: say which guest and what to run: ");
    assertThat(vfioap(caller, "guest", "one", "exec", "--").err())
        .startsWith("vfioap: say which guest and what to run: ");
  }
}
