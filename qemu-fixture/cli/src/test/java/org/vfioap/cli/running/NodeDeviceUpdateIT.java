package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * virsh changes an mdev while it is active, where libvirt can (from 10.1 on); elsewhere its client
 * says that it cannot, and nothing changes. Tried with libvirt 9.0, 11.3 and 12.8.
 */
final class NodeDeviceUpdateIT extends WithLibvirt {
  private static final String MACHINE =
      """
      profile: linux-6.12
      adapters: {5: {type: CEX8}}
      domains: [4, 7]
      """;

  private static final String UNKNOWN = "error: unknown command: 'nodedev-update'\n";

  /** One mdev, started by its definition. */
  private static final String DEFINED =
      """
      N=mdev_${G1//-/_}_matrix
      xml() { # DOMAINS...
        echo "<device><name>$N</name><parent>ap_matrix</parent><capability type='mdev'>"
        echo "<type id='vfio_ap-passthrough'/><uuid>$G1</uuid><attr name='assign_adapter' value='5'/>"
        for each; do echo "<attr name='assign_domain' value='$each'/>"; done
        echo "</capability></device>"
      }
      try() { virsh -q "$@" 2>&1 >/dev/null | grep error: | tail -n 1; }
      domains() { mdevctl list -d --dumpjson | grep assign_domain | tr -dc '0-9\\n'; }
      update() {
        try nodedev-update $N "$@"
        echo active $(cat $matrix/$G1/matrix), defined $(domains)
      }
      xml 4 >4.xml
      xml 4 7 >47.xml
      try nodedev-define 4.xml
      try nodedev-start $N
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void changesWhatIsActiveWhatIsDefinedOrBoth(Caller caller) {
    String out =
        run(caller, "update 47.xml --live; update 47.xml --config; update 4.xml --live --config");

    assertThat(out)
        .isEqualTo(
            knowsUpdate(caller)
                ? """
                active 05.0004 05.0007, defined 4
                active 05.0004 05.0007, defined 4 7
                active 05.0004, defined 4
                """
                : (UNKNOWN + "active 05.0004, defined 4\n").repeat(3));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void outlivesItsDefinition(Caller caller) {
    String out =
        run(
            caller,
            """
            try nodedev-undefine $N
            transient() { virsh -q nodedev-info $N | grep -q 'Persistent: *no'; }
            await transient
            virsh -q nodedev-info $N | grep -E 'Active|Persistent' | tr -s ' '
            update 47.xml --config
            """);

    String refusal =
        "error: Requested operation is not valid: transient node devices do not have any persistent"
            + " config\n";
    assertThat(out)
        .isEqualTo(
            "Active: yes\nPersistent: no\n"
                + (knowsUpdate(caller) ? refusal : UNKNOWN)
                + "active 05.0004, defined\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void reachesTheGuestThatHasIt(Caller caller) {
    String out =
        run(
            caller,
            """
            hostdev $G1; domain guest "$(cat $G1.xml)"; virsh -q start guest
            queues() { echo $(sh /run/vfioap/guest.sh guest / ls /sys/bus/ap/devices); }
            queues; try nodedev-update $N 47.xml; queues
            """);

    assertThat(out)
        .isEqualTo(
            "05.0004 card05\n"
                + (knowsUpdate(caller)
                    ? "05.0004 05.0007 card05\n"
                    : UNKNOWN + "05.0004 card05\n"));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void changesNothingWhenTheMasksForbidIt(Caller caller) {
    String out = run(caller, "echo +5 >/sys/bus/ap/apmask\nupdate 47.xml --live --config");

    assertThat(lines(out, "^error"))
        .hasSize(1)
        .allMatch(
            knowsUpdate(caller)
                ? line ->
                    line.startsWith("error: internal error: Unable to modify mediated device")
                        && line.contains(": ap-check: ")
                : UNKNOWN.strip()::equals);
    assertThat(lines(out, "^active")).containsExactly("active 05.0004, defined 4");
  }

  private static boolean knowsUpdate(Caller caller) {
    return caller.run("virsh", "help", "nodedev-update").status() == 0;
  }

  private String run(Caller caller, String script) {
    file(caller, "new.yaml", MACHINE);
    String commands = "exec 2>&1\n" + script(DEFINED + script);
    return vfioap(caller, "run", "new.yaml", "--libvirtd", "--", "bash", "-c", commands).out();
  }
}
