package org.vfioap.xml.cpu;

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

/** CPUs that libvirt accepted or refused: the same verdict, text for text. */
class RecordedCpusTest {
  static Stream<JsonNode> cases() throws IOException {
    return Recorded.cases("cpu.jsonl");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsLibvirtDid(JsonNode recorded) {
    XmlDocument document = XmlDocument.parse(recorded.get("xml").asText(), "cpu.xml");
    if (recorded.has("error")) {
      LibvirtRefusal refusal =
          catchThrowableOfType(LibvirtRefusal.class, () -> Cpu.parse(document));
      assertThat(refusal).as(document.print()).isNotNull();
      assertThat(refusal.libvirtText())
          .as(document.print())
          .isEqualTo(recorded.get("error").asText());
      return;
    }
    Cpu cpu = Cpu.parse(document);
    if (document.root().first("topology").isEmpty()) {
      assertThat(cpu.print()).isEqualTo(recorded.get("printed").asText());
    }
    assertThat(Cpu.parse(XmlDocument.parse(cpu.print(), "again"))).isEqualTo(cpu);
  }
}
