package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real virsh and libvirtd (9.0 to 12.8) manage the node devices of a machine. */
final class LibvirtIT extends WithMachines {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String NAME = "mdev_62177883_f1bb_47f0_914d_32a22e3a8804_matrix";

  /** A libvirtd of the machine's own; node devices need the driver for QEMU, too. */
  private static final String LIBVIRTD =
      """
      export LIBVIRT_DRIVER_DIR=/run/drivers LIBVIRT_DEFAULT_URI=qemu:///system
      mkdir $LIBVIRT_DRIVER_DIR
      ln -s /usr/lib/*/libvirt/connection-driver/libvirt_driver_{qemu,nodedev}.so $LIBVIRT_DRIVER_DIR
      cat >/etc/libvirt/libvirtd.conf <<END
      unix_sock_dir = "/run/libvirt"
      auth_unix_ro = "none"
      auth_unix_rw = "none"
      log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
      END
      cat >/etc/libvirt/qemu.conf <<END
      user = "+0"
      group = "+0"
      dynamic_ownership = 0
      security_driver = "none"
      namespaces = []
      cgroup_controllers = []
      END
      libvirtd -d -f /etc/libvirt/libvirtd.conf
      """;

  private static final String MDEV =
      """
      cat >mdev.xml <<END
      <device>
        <parent>ap_matrix</parent>
        <capability type='mdev'>
          <type id='vfio_ap-passthrough'/>
          <uuid>62177883-f1bb-47f0-914d-32a22e3a8804</uuid>
          <attr name='assign_adapter' value='5'/>
          <attr name='assign_domain' value='4'/>
        </capability>
      </device>
      END
      """;

  @BeforeEach
  void needsLibvirt() {
    String find =
        "PATH=$PATH:/usr/sbin; command -v libvirtd && command -v virsh && command -v mdevctl";
    assumeTrue(
        ordinary().run("sh", "-c", find).status() == 0,
        "libvirtd, virsh or mdevctl is not installed");
  }

  private String virsh(Caller caller, String script) {
    return bashIn(caller, "document", LIBVIRTD + MDEV + script);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void showsCardsQueuesAndTheMatrix(Caller caller) {
    assertThat(virsh(caller, "virsh nodedev-list --tree"))
        .isEqualTo(
            """
            computer
              |
              +- ap_card05
              |   |
              |   +- ap_05_0004
              |   +- ap_05_0047
              |   +- ap_05_00ab
              |   +- ap_05_00ff
              |    \s
              +- ap_card06
              |   |
              |   +- ap_06_0004
              |   +- ap_06_0047
              |   +- ap_06_00ab
              |   +- ap_06_00ff
              |    \s
              +- ap_matrix
               \s

            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void describesThem(Caller caller) {
    assertThat(
            virsh(
                caller,
                "virsh nodedev-list --cap ap_card; virsh nodedev-list --cap ap_matrix;"
                    + " virsh nodedev-dumpxml ap_05_0047"))
        .isEqualTo(
            """
            ap_card05
            ap_card06

            ap_matrix

            <device>
              <name>ap_05_0047</name>
              <path>/sys/devices/ap/card05/05.0047</path>
              <parent>ap_card05</parent>
              <driver>
                <name>cex4queue</name>
              </driver>
              <capability type='ap_queue'>
                <ap-adapter>0x05</ap-adapter>
                <ap-domain>0x0047</ap-domain>
              </capability>
            </device>

            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void createsAndDestroysAnMdev(Caller caller) {
    String out =
        virsh(
            caller,
            """
            virsh nodedev-create mdev.xml
            echo -5 > /sys/bus/ap/apmask
            virsh nodedev-create mdev.xml
            virsh nodedev-list --cap mdev
            cat /sys/bus/mdev/devices/*/matrix
            exec 3<>/dev/vfio/0
            virsh nodedev-destroy %1$s
            exec 3>&-
            virsh nodedev-destroy %1$s
            # libvirt 12.8 takes it off its list when the event comes.
            while virsh nodedev-info %1$s; do sleep .02; done >/dev/null 2>&1
            virsh nodedev-list --cap mdev
            """
                .formatted(NAME));

    assertThat(out)
        .contains("error: Failed to create node device from mdev.xml")
        .contains("Cannot assign requested address")
        .contains(
            "Node device " + NAME + " created from mdev.xml\n\n" + NAME + "\n\n05.0004\nerror: ")
        .contains("error: internal error: Unable to destroy '" + NAME + "': device in use")
        .endsWith("Destroyed node device '" + NAME + "'\n\n\n");
  }

  /**
   * Before each look for the new device libvirt runs udevadm, and after a vain one it sleeps 5 s.
   */
  @ParameterizedTest
  @MethodSource("callers")
  void findsWhatItCreatedAtTheFirstLook(Caller caller) {
    String out =
        bashIn(
            caller,
            "document",
            """
            printf '#!/bin/sh\\necho look >>/run/looks\\n' >/run/udevadm
            chmod +x /run/udevadm
            mount --bind /run/udevadm $(readlink -f /bin/udevadm)
            """
                + LIBVIRTD
                + MDEV
                + """
                echo -5 > /sys/bus/ap/apmask
                for i in 1 2 3 4 5; do
                  virsh nodedev-create mdev.xml >/dev/null
                  virsh nodedev-destroy %s >/dev/null
                done
                wc -l </run/looks
                """
                    .formatted(NAME));

    assertThat(out).isEqualTo("5\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void definesStartsAndUndefinesAnMdev(Caller caller) {
    String out =
        virsh(
            caller,
            """
            echo -5 > /sys/bus/ap/apmask
            virsh nodedev-define mdev.xml
            virsh nodedev-list --cap mdev --inactive
            virsh nodedev-start %1$s
            virsh nodedev-autostart %1$s
            virsh nodedev-info %1$s
            mdevctl list | grep .
            virsh nodedev-destroy %1$s
            virsh nodedev-undefine %1$s
            # libvirtd reads the definitions again a moment later.
            while virsh nodedev-list --cap mdev --all | grep -q .; do :; done
            """
                .formatted(NAME));

    assertThat(out)
        .isEqualTo(
            """
            Node device '%1$s' defined from 'mdev.xml'

            %1$s

            Device %1$s started

            Device %1$s marked as autostarted

            Name:           %1$s
            Parent:         ap_matrix
            Active:         yes
            Persistent:     yes
            Autostart:      yes

            %2$s matrix vfio_ap-passthrough auto (defined)
            Destroyed node device '%1$s'

            Undefined node device '%1$s'

            """
                .formatted(NAME, UUID));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void hearsWhatComesAndGoes(Caller caller) {
    String out =
        virsh(
            caller,
            """
            virsh nodedev-event --event lifecycle --loop >events &
            until grep -qs Created events && grep -q Deleted events; do
              modprobe -r vfio_ap
              modprobe vfio_ap
            done
            kill $!
            sed 's/.*device//' events | sort -u
            """);

    assertThat(out).isEqualTo(" ap_matrix: Created\n ap_matrix: Deleted\n");
  }
}
