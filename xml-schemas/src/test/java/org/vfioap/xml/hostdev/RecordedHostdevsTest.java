package org.vfioap.xml.hostdev;

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

/** Hostdevs that libvirt accepted or refused: the same verdict, text for text. */
class RecordedHostdevsTest {
  static Stream<JsonNode> cases() throws IOException {
    return Recorded.cases("hostdev.jsonl");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsLibvirtDid(JsonNode recorded) {
    XmlDocument document = XmlDocument.parse(recorded.get("xml").asText(), "hostdev.xml");
    if (recorded.has("error")) {
      LibvirtRefusal refusal =
          catchThrowableOfType(LibvirtRefusal.class, () -> Hostdev.parse(document));
      assertThat(refusal).as(document.print()).isNotNull();
      assertThat(refusal.libvirtText())
          .as(document.print())
          .isEqualTo(recorded.get("error").asText());
      assertThat(refusal).hasMessageStartingWith("hostdev.xml:1:");
      return;
    }
    Hostdev hostdev = Hostdev.parse(document).asConfigured();
    if (hostdev.model() == MdevModel.VFIO_AP) {
      assertThat(hostdev.print()).isEqualTo(recorded.get("printed").asText());
    }
    assertThat(Hostdev.parse(XmlDocument.parse(hostdev.print(), "again"))).isEqualTo(hostdev);
  }
}
