package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document's three guests, made with the real virsh. */
final class DocumentGuestsIT extends WithLibvirt {
  private static final String EXAMPLE =
      """
      mdev $G1 '5 6' '4 0xab'
      mdev $G2 '5' '0x47 0xff'
      G3=0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11
      mdev $G3 '6' '0x47 0xff'
      for n in 1 2 3; do
        uuid=G$n
        domain guest$n "$(cat ${!uuid}.xml)"
        virsh -q start guest$n
      done
      for uuid in $G1 $G2 $G3; do cat $matrix/$uuid/guest_matrix; echo; done
      for n in 1 2 3; do
        sh /run/vfioap/guest.sh guest$n /sys/devices/ap sh -c '
          for q in card*/*.*; do echo "${q#*/} $(cat ${q%/*}/type) $(basename $(readlink $q/driver))"; done'
      done
      virsh -q list | tr -s ' ' | cut -d ' ' -f 3-
      for n in 1 2 3; do virsh -q shutdown guest$n; done
      off() { [ -z "$(virsh -q list --name)" ]; }
      await off
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void eachGuestHasItsMatrix(Caller caller) {
    assertThat(virsh(caller, EXAMPLE))
        .isEqualTo(
            """
            05.0004
            05.00ab
            06.0004
            06.00ab

            05.0047
            05.00ff

            06.0047
            06.00ff

            05.0004 CEX5C cex4queue
            05.00ab CEX5C cex4queue
            06.0004 CEX5A cex4queue
            06.00ab CEX5A cex4queue
            05.0047 CEX5C cex4queue
            05.00ff CEX5C cex4queue
            06.0047 CEX5A cex4queue
            06.00ff CEX5A cex4queue
            guest1 running
            guest2 running
            guest3 running
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void nodeDevicesServeAsWell(Caller caller) {
    String out =
        virsh(
            caller,
            """
            cat >node.xml <<END
            <device>
              <parent>ap_matrix</parent>
              <capability type='mdev'>
                <type id='vfio_ap-passthrough'/><uuid>$G1</uuid>
                <attr name='assign_adapter' value='5'/><attr name='assign_domain' value='0xab'/>
              </capability>
            </device>
            END
            virsh -q nodedev-create node.xml
            hostdev $G1
            domain guest1 "$(cat $G1.xml)"
            virsh -q start guest1
            cat $matrix/$G1/guest_matrix
            virsh -q nodedev-destroy mdev_${G1//-/_}_matrix
            virsh -q destroy guest1
            virsh -q nodedev-destroy mdev_${G1//-/_}_matrix
            ls /sys/bus/mdev/devices
            """);

    assertThat(out)
        .startsWith("05.00ab\n")
        .contains("error: internal error: Unable to destroy 'mdev_")
        .contains("device in use")
        .doesNotContain(GUEST1 + "\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void everyCpuOfTheDocumentCanBeWritten(Caller caller) {
    String out =
        virsh(
            caller,
            """
            mdev $G1 5 4
            try() {
              domain guest1 "$(cat $G1.xml)" "$1"
              virsh -q start guest1 && virsh -q destroy guest1
              virsh -q undefine guest1
            }
            try "<cpu mode='host-passthrough'/>"
            try "<cpu mode='host-model'/>"
            try "<cpu mode='custom'><model>z13-base</model><feature policy='require' name='ap'/></cpu>"
            echo refused:
            try "<cpu mode='custom'><model>z13-base</model><feature policy='disable' name='ap'/></cpu>"
            """);

    assertThat(lines(out, "error")).hasSize(2);
    assertThat(out)
        .startsWith("refused:\nerror: Failed to start domain 'guest1'\n")
        .contains("No 'ap-bus' bus found for device 'vfio-ap'");
  }
}
