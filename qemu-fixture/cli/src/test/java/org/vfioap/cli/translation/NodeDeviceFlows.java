package org.vfioap.cli.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vfioap.translation.libvirt.HostEvent;
import org.vfioap.translation.nodedev.MdevConfiguration;
import org.vfioap.xml.nodedev.Capability;
import org.vfioap.xml.nodedev.MdevAttribute;

/** What people do with libvirt's node devices, on whatever libvirt. */
abstract class NodeDeviceFlows extends LibvirtGround {
  /** Not NONE: events of its coming and going wait until somebody asks for them. */
  private static final UUID REFUSED = UUID.fromString("11111111-f1bb-47f0-914d-32a22e3a8804");

  @Test
  void showsTheHostsDevices() {
    assertThat(libvirt().nodeDevices("ap_card")).containsExactly("ap_card05", "ap_card06");
    assertThat(libvirt().nodeDevices("ap_queue")).hasSize(8).contains("ap_05_00ab");
    assertThat(libvirt().nodeDevices("ap_matrix")).containsExactly("ap_matrix");
    assertThat(libvirt().nodeDevice("ap_05_00ab").print())
        .isEqualTo(
            """
            <device>
              <name>ap_05_00ab</name>
              <path>/sys/devices/ap/card05/05.00ab</path>
              <parent>ap_card05</parent>
              <driver>
                <name>vfio_ap</name>
              </driver>
              <capability type='ap_queue'>
                <ap-adapter>0x05</ap-adapter>
                <ap-domain>0x00ab</ap-domain>
              </capability>
            </device>
            """);
    assertThat(libvirt().nodeDevice("ap_matrix").capability())
        .isInstanceOfSatisfying(
            Capability.ApMatrix.class,
            matrix -> assertThat(matrix.types().get(0).deviceApi()).isEqualTo("vfio-ap"));
  }

  @Test
  void keepsDefinitionsOfMdevs() {
    String name = libvirt().nodeDevices("mdev").get(0);
    Capability.Mdev mdev = libvirt().nodeDevice(name).mdev().orElseThrow();

    assertThat(mdev.uuid()).contains(ONE);
    assertThat(mdev.attributes())
        .containsExactly(
            new MdevAttribute("assign_adapter", "5"), new MdevAttribute("assign_domain", "4"));
    assertThat(libvirt().isAutostarted(name)).isFalse();
    libvirt().setAutostart(name, true);
    assertThat(libvirt().isAutostarted(name)).isTrue();
    assertThat(
            refusal(
                () ->
                    libvirt()
                        .defineNodeDevice(MdevConfiguration.matrix(ONE, List.of()).toNodeDevice())))
        .isEqualTo(
            "internal error: Unable to define mediated device: Error: Cowardly refusing to overwrite"
                + " existing config for matrix/"
                + ONE
                + "\n");
    assertThat(refusal(() -> libvirt().undefineNodeDevice("ap_matrix")))
        .isEqualTo("Requested operation is not valid: Node device 'ap_matrix' is not defined");
  }

  @Test
  void createsAnMdevThatIsGoneAfterwards() {
    MdevConfiguration mdev =
        MdevConfiguration.matrix(NONE, List.of(new MdevAttribute("assign_adapter", "6")));
    String name = libvirt().createNodeDevice(mdev.toNodeDevice());

    assertThat(name).isEqualTo("mdev_" + NONE.toString().replace('-', '_') + "_matrix");
    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Created")::equals)).isTrue();
    assertThat(libvirt().nodeDevices("mdev")).hasSize(3).contains(name);
    assertThat(libvirt().nodeDevice(name).path()).contains("/sys/devices/vfio_ap/matrix/" + NONE);
    assertThat(libvirt().nodeDevice(name).driver()).contains("vfio_ap_mdev");
    assertThat(refusal(() -> libvirt().startNodeDevice(name)))
        .isEqualTo("Requested operation is not valid: Device is already active");
    assertThat(refusal(() -> libvirt().undefineNodeDevice(name)))
        .isEqualTo("Requested operation is not valid: Node device '" + name + "' is not defined");

    libvirt().destroyNodeDevice(name);
    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Deleted")::equals)).isTrue();
    assertThat(libvirt().nodeDevices("mdev")).hasSize(2);
  }

  @Test
  void leavesNothingOfAnMdevThatTheKernelRefuses() {
    MdevConfiguration mdev =
        MdevConfiguration.matrix(REFUSED, List.of(new MdevAttribute("assign_adapter", "x")));

    assertThat(refusal(() -> libvirt().createNodeDevice(mdev.toNodeDevice())))
        .startsWith("internal error: Unable to start mediated device: ")
        .contains("assign_adapter", "Invalid argument");
    assertThat(libvirt().nodeDevices("mdev")).hasSize(2);
  }

  @Test
  void refusesToDestroyWhatIsNotActive() {
    String name =
        libvirt().defineNodeDevice(MdevConfiguration.matrix(NONE, List.of()).toNodeDevice());

    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Defined")::equals)).isTrue();
    assertThat(refusal(() -> libvirt().destroyNodeDevice(name)))
        .isEqualTo("Requested operation is not valid: Device '" + name + "' is not active");
    assertThat(refusal(() -> libvirt().destroyNodeDevice("ap_matrix")))
        .isEqualTo("unsupported configuration: Unsupported device type");
    libvirt().undefineNodeDevice(name);
    assertThat(came(new HostEvent.NodeDeviceLifecycle(name, "Undefined")::equals)).isTrue();
    assertThat(libvirt().nodeDevices("mdev")).hasSize(2);
  }
}
