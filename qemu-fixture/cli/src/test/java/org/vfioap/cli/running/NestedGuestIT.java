package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A guest of a guest.
 *
 * <pre>
 *   machine "document"
 *     mdev A: 05.0004              guest one: card05, 05.0004
 *                                    mdev B: 05.0004             guest one/two: card05, 05.0004
 * </pre>
 */
final class NestedGuestIT extends WithGuests {
  /** In guest one: passes all that it has on to guest two. */
  private static final String TWO =
      """
      echo -5,-6 >/sys/bus/ap/apmask
      mdev $B; assign $B adapter 5; assign $B domain 4; assign $B control_domain 4
      vm two ap,apqci,apft,apqi $B
      """;

  private static final String QUEUES = "hostname; ls /sys/bus/ap/devices";
  private static final String SEEN = "two\n05.0004\ncard05\n";

  private String startBoth(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, ONE);
    guest(caller, name, "one", TWO);
    return name;
  }

  @ParameterizedTest
  @MethodSource("callers")
  void isEnteredByItsPathAndFromInside(Caller caller) {
    String name = startBoth(caller);

    assertThat(guest(caller, name, "one/two", QUEUES)).isEqualTo(SEEN);
    assertThat(
            guest(caller, name, "one", program() + " guest two exec -- bash -c '" + QUEUES + "'"))
        .isEqualTo(SEEN);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void isListedByItsPathAndInside(Caller caller) {
    String name = startBoth(caller);

    assertThat(lines(vfioap(caller, "guest", "list", name).out()))
        .satisfiesExactly(
            head -> assertThat(head).startsWith("GUEST"),
            one -> assertThat(one).startsWith("one ").contains(A, "05.0004"),
            two -> assertThat(two).startsWith("one/two ").contains(B, "05.0004"));
    assertThat(
            guest(
                caller,
                name,
                "one",
                program() + " guest list --json | grep -o '\"pid\":[0-9]*'; cat /run/two.pid"))
        .matches("\"pid\":(\\d+)\n\\1\n");
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  @ParameterizedTest
  @MethodSource("callers")
  void saysWhichGuestIsMissing(Caller caller) {
    String name = startBoth(caller);

    assertThat(vfioap(caller, "guest", name, "one/three", "exec", "--", "true").err())
        .isEqualTo("vfioap: no guest is called 'three'; running: two \n");
    assertThat(vfioap(caller, "guest", name, "one/", "exec", "--", "true").err())
        .isEqualTo("vfioap: 'one/' cannot be the name of a guest\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void hotPlugOnTheHostReachesIt(Caller caller) {
    String name = start(caller, "document");
    host(caller, name, "echo -5 >/sys/bus/ap/apmask; mdev $A; vm one " + ALL + " $A");
    guest(caller, name, "one", TWO);
    assertThat(guest(caller, name, "one/two", QUEUES)).isEqualTo("two\n");

    host(caller, name, "for k in adapter:5 domain:4 control_domain:4; do assign $A ${k/:/ }; done");
    assertThat(guest(caller, name, "one/two", QUEUES)).isEqualTo(SEEN);

    host(caller, name, "echo 5 >/sys/bus/mdev/devices/$A/unassign_adapter");
    assertThat(guest(caller, name, "one/two", QUEUES)).isEqualTo("two\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void endsWithTheGuestAroundItAndKeepsItsDisk(Caller caller) {
    String name = startBoth(caller);
    guest(
        caller,
        name,
        "one/two",
        "echo kept >/etc/libvirt/mark; touch /run/mark; sleep 1000 >/dev/null 2>&1 &");
    host(
        caller,
        name,
        "tell one reset; none() { ! ps -C sleep -o args= | grep -q 1000; }; await none");

    assertThat(vfioap(caller, "guest", "list", name).out()).doesNotContain("one/two");
    guest(caller, name, "one", TWO);
    assertThat(guest(caller, name, "one/two", "cat /etc/libvirt/mark; ls /run/mark"))
        .isEqualTo("kept\nls: cannot access '/run/mark': No such file or directory\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void bootsThoughNobodyEnters(Caller caller) {
    String name = startBoth(caller);
    guest(
        caller,
        name,
        "one/two",
        "echo 'ATTR{../../bus/ap/apmask}=\"0xf0\"' >/etc/udev/rules.d/41-ap.rules");

    assertThat(
            guest(
                caller,
                name,
                "one",
                """
                booted() { grep -q 0xf000 /run/vfioap/fuse/guests/two/sys/bus/ap/apmask; }
                tell two reset; await booted
                """))
        .isEmpty();
  }
}
