package org.vfioap.translation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** What documents come to. */
class PlanTest {
  private static final UUID CHOSEN = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");

  private static Plan plan(String text) {
    return Plan.of(XmlDocument.parse(text, "plan.xml"), () -> CHOSEN, PlanHost.unknown());
  }

  @Test
  void ofAHostdevNamesAllThreeForms() {
    String text =
        plan("<hostdev mode='subsystem' type='mdev' managed='yes' model='vfio-ap'><source>"
                + "<address uuid='62177883-F1BB-47F0-914D-32A22E3A8804'/></source></hostdev>")
            .toText();

    assertThat(text)
        .startsWith("hostdev 62177883-f1bb-47f0-914d-32a22e3a8804\n\nlibvirt's XML\n")
        .contains(
            "  -device vfio-ap,id=hostdev0,sysfsdev=/sys/bus/mdev/devices/" + CHOSEN + "\n",
            "  {\"execute\":\"device_del\",\"arguments\":{\"id\":\"hostdev0\"}}\n",
            "  device_add vfio-ap,id=hostdev0,sysfsdev=/sys/bus/mdev/devices/" + CHOSEN + "\n",
            "managed='yes' has no effect");
  }

  @Test
  void ofAnMdevIsWritesAndJson() throws IOException {
    Plan plan =
        plan(
            "<device><parent>ap_matrix</parent><capability type='mdev'><type"
                + " id='vfio_ap-passthrough'/><attr name='assign_adapter' value='5'/>"
                + "</capability></device>");
    JsonNode json = new ObjectMapper().readTree(plan.toJson());

    assertThat(json.at("/subject").asText()).isEqualTo(CHOSEN.toString());
    assertThat(json.at("/sysfs/1").asText())
        .isEqualTo("echo 5 > /sys/bus/mdev/devices/" + CHOSEN + "/assign_adapter");
    assertThat(json.at("/json/0").asText()).startsWith("{\"mdev_type\":\"vfio_ap-passthrough\"");
    assertThat(json.at("/mdevctl/1").asText()).isEqualTo("mdevctl start --uuid=" + CHOSEN);
    assertThat(json.at("/undo/0").asText())
        .isEqualTo("echo 1 > /sys/bus/mdev/devices/" + CHOSEN + "/remove");
  }

  @Test
  void ofADomainIsItsCpuAndItsDevices() {
    String hostdev =
        "<hostdev mode='subsystem' type='mdev' model='vfio-ap'><source><address uuid='"
            + CHOSEN
            + "'/></source></hostdev>";
    String domain =
        "<domain type='kvm'><name>g</name><memory>65536</memory><cpu mode='custom'"
            + " match='exact'><model>z14</model>%s</cpu><devices>%s</devices></domain>";

    assertThat(plan(domain.formatted("<feature policy='require' name='ap'/>", hostdev)).toText())
        .contains("  -cpu z14,ap=on\n", "ap: given", "id=hostdev0")
        .doesNotContain("Notes");
    assertThat(plan(domain.formatted("", hostdev)).toText())
        .contains("No 'ap-bus' bus found for device 'vfio-ap'");
    assertThat(plan(domain.formatted("", "")).sections())
        .extracting(Section::form)
        .containsExactly("cpu", "features");
  }

  @Test
  void isHeldAgainstAHost() {
    ApHost host = Machine.preset("document").boot();
    PlanHost known = PlanHost.of(host);
    String mdev =
        "<device><parent>ap_matrix</parent><capability type='mdev'><type id='vfio_ap-passthrough'/>"
            + "<attr name='assign_adapter' value='5'/><attr name='%s' value='4'/>"
            + "</capability></device>";
    String hostdev =
        "<hostdev mode='subsystem' type='mdev' model='vfio-ap'><source><address uuid='"
            + CHOSEN
            + "'/></source></hostdev>";

    assertThat(text(mdev.formatted("assign_domain"), known))
        .contains("EADDRNOTAVAIL", "undone: echo 1 >");
    assertThat(text(mdev.formatted("assign_control_domain"), known))
        .endsWith("On this host\n  all writes succeed\n");
    assertThat(host.mdevs()).isEmpty();
    assertThat(text(hostdev, known))
        .contains("error: device not found: mediated device '" + CHOSEN + "' not found");
  }

  @Test
  void saysWhichFeatureTheHostLacks() {
    String machine = "facilities: {apqi: false}\nadapters:\n  5: {type: CEX8}\ndomains: [4]\n";
    ApHost host = Machine.parse(machine, "host.yaml").boot();
    String domain =
        "<domain type='kvm'><name>g</name><memory>65536</memory><cpu><model>z14</model>"
            + "<feature policy='require' name='ap'/><feature policy='require' name='apqi'/></cpu>"
            + "</domain>";

    assertThat(text(domain, PlanHost.of(host)))
        .contains(
            "AP features on this host",
            "apqi: QEMU does not start: Some features requested in the CPU model are not available"
                + " in the configuration: apqi (the host lacks facility 65");
    assertThat(text(domain, PlanHost.of(HostFiles.of(host)))).contains("facility 65");
  }

  private static String text(String document, PlanHost host) {
    return Plan.of(XmlDocument.parse(document, "plan.xml"), () -> CHOSEN, host).toText();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-device vfio-ap,id=hostdev0,sysfsdev=/sys/bus/mdev/devices/%s",
        "device_add \"vfio-ap,sysfsdev=/sys/devices/vfio_ap/matrix/%s,id=hostdev0\"",
        "{\"execute\":\"device_add\",\"arguments\":{\"driver\":\"vfio-ap\",\"sysfsdev\":\"/x/%s\"}}",
        "<hostdev mode='subsystem' type='mdev' model='vfio-ap'><source><address uuid='%s'/></source>"
            + "</hostdev>"
      })
  void ofEachFormOfADeviceIsTheSame(String form) {
    String text = form.formatted(CHOSEN);

    assertThat(Plan.ofText(text, "x", () -> CHOSEN, PlanHost.unknown()))
        .isEqualTo(
            Plan.ofText(Hostdev.vfioAp(CHOSEN).print(), "x", () -> CHOSEN, PlanHost.unknown()));
  }

  @Test
  void goesBackFromJsonAndCpuToXml() {
    String json = "{\"mdev_type\":\"vfio_ap-passthrough\",\"attrs\":[{\"assign_adapter\":\"5\"}]}";

    assertThat(Plan.ofText(json, "x", () -> CHOSEN, PlanHost.unknown()).toText())
        .contains("    <attr name='assign_adapter' value='5'/>\n");
    assertThat(Plan.ofText("-cpu host,ap=on", "x", () -> CHOSEN, PlanHost.unknown()).toText())
        .contains("  <cpu mode='host-passthrough' check='none'>\n", "  -cpu host,ap=on\n");
    for (String wrong : List.of("", "x=y", "-cpu host,+ap", "[{\"mdev_type\"", "[\"mdev_type\"]")) {
      assertThatThrownBy(() -> Plan.ofText(wrong, "x", () -> CHOSEN, PlanHost.unknown()))
          .isInstanceOf(LibvirtRefusal.class);
    }
  }

  @Test
  void refusesOtherDocuments() {
    assertThatThrownBy(() -> plan("<network/>"))
        .isInstanceOf(LibvirtRefusal.class)
        .hasMessageContaining("a <hostdev>, <device> or <domain> is expected");
    assertThatThrownBy(
            () ->
                plan(
                    "<device><name>ap_card05</name><capability type='ap_card'><ap-adapter>5"
                        + "</ap-adapter></capability></device>"))
        .hasMessageContaining("Unsupported device type");
  }
}
