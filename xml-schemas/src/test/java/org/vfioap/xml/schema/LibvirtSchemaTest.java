package org.vfioap.xml.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.xml.Recorded;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.nodedev.NodeDevice;

/** Documents against the RELAX NG of the libvirt that is installed. */
class LibvirtSchemaTest {
  @TempDir private Path empty;

  @BeforeEach
  void needsLibvirt() {
    assumeTrue(
        Files.isDirectory(LibvirtSchema.INSTALLED),
        "libvirt's schemas are not installed: apt-get install libvirt-daemon");
  }

  private static LibvirtSchema schema(String root) {
    return LibvirtSchema.find(LibvirtSchema.INSTALLED, root).orElseThrow();
  }

  @Test
  void isAbsentWhereLibvirtIs() {
    assertThat(LibvirtSchema.find(empty, "domain")).isEmpty();
    assertThat(LibvirtSchema.find(LibvirtSchema.INSTALLED, "network")).isEmpty();
  }

  @Test
  void allowsEveryDomainThatLibvirtPrinted() throws IOException {
    LibvirtSchema schema = schema("domain");
    for (JsonNode each : Recorded.cases("domain.jsonl").filter(c -> c.has("printed")).toList()) {
      XmlDocument printed = XmlDocument.parse(each.get("printed").asText(), "dumpxml");
      assertThat(schema.validate(printed)).as(printed.print()).isEmpty();
    }
  }

  @Test
  void allowsEveryHostdevThatThisProgramPrints() throws IOException {
    LibvirtSchema schema = schema("hostdev");
    for (JsonNode each : Recorded.cases("hostdev.jsonl").filter(c -> c.has("printed")).toList()) {
      XmlDocument document = XmlDocument.parse(each.get("xml").asText(), "hostdev.xml");
      XmlDocument ours = XmlDocument.of(Hostdev.parse(document).asConfigured().toElement());
      boolean hasUuid = each.get("printed").asText().contains("uuid='62177883-f1bb");
      assertThat(schema.validate(ours)).as(ours.print()).hasSizeLessThanOrEqualTo(hasUuid ? 0 : 1);
    }
  }

  @Test
  void allowsAMatrixAndItsMdev() {
    String text =
        """
        <device>
          <name>new</name>
          <parent>ap_matrix</parent>
          <capability type='mdev'>
            <type id='vfio_ap-passthrough'/>
            <uuid>62177883-f1bb-47f0-914d-32a22e3a8804</uuid>
            <attr name='assign_adapter' value='5'/>
          </capability>
        </device>
        """;
    XmlDocument document = XmlDocument.parse(text, "mdev.xml");

    assertThat(schema("device").validate(document)).isEmpty();
    assertThat(NodeDevice.parse(document).mdev()).isPresent();
  }

  @Test
  void saysWhereAndWhatWouldBeAllowed() {
    String text =
        """
        <hostdev mode='subsystem' type='mdev' model='vfio-ap'>
          <source>
            <address uid='62177883-f1bb-47f0-914d-32a22e3a8804'/>
          </source>
        </hostdev>
        """;
    List<SchemaProblem> problems =
        schema("hostdev").validate(XmlDocument.parse(text, "hostdev.xml"));

    assertThat(problems).isNotEmpty();
    assertThat(problems.get(0))
        .hasToString(problems.get(0).position() + ": " + problems.get(0).text());
    assertThat(problems.get(0).position()).hasToString("hostdev.xml:3:5");
    assertThat(problems.get(0).text()).contains("uid");
  }
}
