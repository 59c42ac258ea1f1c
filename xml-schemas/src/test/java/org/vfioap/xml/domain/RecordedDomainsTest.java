package org.vfioap.xml.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.xml.Recorded;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.hostdev.MdevModel;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** Domains that libvirt accepted or refused: the same verdict, and what it printed comes back. */
class RecordedDomainsTest {
  static Stream<JsonNode> cases() throws IOException {
    return Recorded.cases("domain.jsonl");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsLibvirtDid(JsonNode recorded) {
    XmlDocument document = XmlDocument.parse(recorded.get("xml").asText(), "domain.xml");
    if (recorded.has("error")) {
      LibvirtRefusal refusal =
          catchThrowableOfType(LibvirtRefusal.class, () -> Domain.parse(document));
      assertThat(refusal).as(document.print()).isNotNull();
      assertThat(refusal.libvirtText())
          .as(document.print())
          .isEqualTo(recorded.get("error").asText());
      return;
    }
    Domain written = Domain.parse(document);
    Domain printed = Domain.parse(XmlDocument.parse(recorded.get("printed").asText(), "dumpxml"));

    assertThat(printed.print()).isEqualTo(recorded.get("printed").asText());
    assertThat(printed.name()).isEqualTo(written.name());
    assertThat(printed.vcpus()).isEqualTo(written.vcpus());
    assertThat(printed.memoryKib()).isEqualTo(written.memoryKib());
    assertThat(printed.hardLimitKib()).isEqualTo(written.hardLimitKib());
    assertThat(matrices(printed)).isEqualTo(matrices(written));
    written.uuid().ifPresent(uuid -> assertThat(printed.uuid()).contains(uuid));
    written.cpu().ifPresent(cpu -> assertThat(printed.cpu()).contains(cpu));
  }

  private static List<Hostdev> matrices(Domain domain) {
    return domain.hostdevs().stream().filter(each -> each.model() == MdevModel.VFIO_AP).toList();
  }
}
