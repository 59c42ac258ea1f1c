package org.vfioap.xml.nodedev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.xml.Recorded;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** Node devices that libvirt could read or refused: the same verdict, text for text. */
class RecordedNodeDevicesTest {
  static Stream<JsonNode> cases() throws IOException {
    return Recorded.cases("nodedev.jsonl");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsLibvirtDid(JsonNode recorded) {
    XmlDocument document = XmlDocument.parse(recorded.get("xml").asText(), "device.xml");
    if (recorded.has("error")) {
      LibvirtRefusal refusal =
          catchThrowableOfType(LibvirtRefusal.class, () -> NodeDevice.parse(document));
      assertThat(refusal).as(document.print()).isNotNull();
      assertThat(refusal.libvirtText())
          .as(document.print())
          .isEqualTo(recorded.get("error").asText());
      return;
    }
    NodeDevice device = NodeDevice.parse(document);
    assertThat(NodeDevice.parse(XmlDocument.parse(device.print(), "again"))).isEqualTo(device);
    assertThat(NodeDevice.of("x", device.capability()).capability()).isEqualTo(device.capability());
  }
}
