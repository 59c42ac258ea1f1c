package org.vfioap.translation.nodedev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.translation.files.SysfsWrite;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.nodedev.MdevAttribute;
import org.vfioap.xml.nodedev.NodeDevice;

/** An mdev in libvirt's XML, mdevctl's JSON and the kernel's files. */
class MdevConfigurationTest {
  private static final UUID MATRIX = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");
  private static final MdevConfiguration MDEV =
      MdevConfiguration.matrix(
          MATRIX,
          List.of(
              new MdevAttribute("assign_adapter", "5"),
              new MdevAttribute("assign_domain", "0xab")));

  @Test
  void isANodeDevice() {
    String text =
        """
        <device>
          <parent>ap_matrix</parent>
          <capability type='mdev'>
            <type id='vfio_ap-passthrough'/>
            <uuid>62177883-f1bb-47f0-914d-32a22e3a8804</uuid>
            <attr name='assign_adapter' value='5'/>
            <attr name='assign_domain' value='0xab'/>
          </capability>
        </device>
        """;

    assertThat(MDEV.toNodeDevice().print()).isEqualTo(text);
    assertThat(MdevConfiguration.of(NodeDevice.parse(XmlDocument.parse(text, "m.xml"))))
        .isEqualTo(MDEV);
    assertThat(MDEV.nameInLibvirt()).contains("mdev_62177883_f1bb_47f0_914d_32a22e3a8804_matrix");
  }

  @Test
  void isTheJsonOfMdevctl() {
    assertThat(MDEV.toJson())
        .isEqualTo(
            "{\"mdev_type\":\"vfio_ap-passthrough\",\"start\":\"manual\","
                + "\"attrs\":[{\"assign_adapter\":\"5\"},{\"assign_domain\":\"0xab\"}]}");
    assertThat(MdevConfiguration.fromJson(MDEV.toJson()).get(0).attributes())
        .isEqualTo(MDEV.attributes());
  }

  @Test
  void isReadFromWhatMdevctlLists() {
    String json =
        """
        [
          {
            "matrix": [
              {
                "62177883-f1bb-47f0-914d-32a22e3a8804": {
                  "mdev_type": "vfio_ap-passthrough",
                  "start": "auto",
                  "attrs": [
                    {
                      "assign_adapter": "5"
                    },
                    {
                      "assign_domain": "0xab"
                    }
                  ]
                }
              }
            ]
          }
        ]
        """;
    MdevConfiguration read = MdevConfiguration.fromJson(json).get(0);

    assertThat(read.autostart()).isTrue();
    assertThat(read.writes()).isEqualTo(MDEV.writes());
    assertThat(MdevConfiguration.fromJson("[]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}", "1", "null", "{\"start\":\"auto\"}", "[{\"m\":[{\"x\":{}}]}]"})
  void saysThatItIsNotMdevctls(String json) {
    assertThatThrownBy(() -> MdevConfiguration.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isWrittenInTheOrderOfItsAttributes() {
    assertThat(MDEV.writes())
        .extracting(SysfsWrite::toShell)
        .containsExactly(
            "echo 62177883-f1bb-47f0-914d-32a22e3a8804 >"
                + " /sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create",
            "echo 5 > /sys/bus/mdev/devices/62177883-f1bb-47f0-914d-32a22e3a8804/assign_adapter",
            "echo 0xab > /sys/bus/mdev/devices/62177883-f1bb-47f0-914d-32a22e3a8804/assign_domain");
  }

  @Test
  void quotesForTheShell() {
    assertThat(new SysfsWrite("/sys/x", "a;rm 'b'").toShell())
        .isEqualTo("echo 'a;rm '\\''b'\\''' > /sys/x");
  }
}
