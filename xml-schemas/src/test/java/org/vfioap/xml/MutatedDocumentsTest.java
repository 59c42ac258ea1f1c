package org.vfioap.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vfioap.xml.cpu.Cpu;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.nodedev.NodeDevice;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** Documents with random damage are read or refused; nothing else happens. */
class MutatedDocumentsTest {
  private static final int ROUNDS = 10_000;
  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "/>",
          "</",
          "'",
          "&amp;",
          "&#10;",
          "<!-- -->",
          "<x/>",
          "xmlns='u' ",
          "a:",
          "-1",
          "0x",
          "4294967295",
          "99999999999999999999",
          " ",
          "\u00e4",
          "unit='E'",
          "]]>",
          "<address/>");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private List<String> documents() throws IOException {
    List<String> documents = new ArrayList<>();
    for (String file : List.of("hostdev", "domain", "cpu", "nodedev")) {
      Recorded.cases(file + ".jsonl").forEach(each -> documents.add(each.get("xml").asText()));
    }
    return documents;
  }

  private String mutate(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(4)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> changed.setCharAt(at, (char) (' ' + random.nextInt(95)));
        default ->
            changed.insert(at, changed.substring(at, at + random.nextInt(changed.length() - at)));
      }
    }
    return changed.toString();
  }

  @Test
  void areReadOrRefused() throws IOException {
    List<String> documents = documents();
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = mutate(documents.get(random.nextInt(documents.size())));
      try {
        use(XmlDocument.parse(text, "mutated.xml"));
        read++;
      } catch (LibvirtRefusal refusal) {
        assertThat(refusal.getMessage()).isNotEmpty();
      } catch (RuntimeException | StackOverflowError fault) {
        fail("seed " + seed + ": " + text, fault);
      }
    }
    assertThat(read).as("seed " + seed).isPositive();
  }

  private static void use(XmlDocument document) {
    switch (document.root().localName()) {
      case "hostdev" -> {
        Hostdev hostdev = Hostdev.parse(document);
        assertThat(Hostdev.parse(XmlDocument.parse(hostdev.print(), "again"))).isEqualTo(hostdev);
      }
      case "cpu" -> {
        Cpu cpu = Cpu.parse(document);
        assertThat(Cpu.parse(XmlDocument.parse(cpu.print(), "again"))).isEqualTo(cpu);
      }
      case "device" -> {
        NodeDevice device = NodeDevice.parse(document);
        assertThat(device.capability()).isNotNull();
        assertThat(NodeDevice.parse(XmlDocument.parse(device.print(), "again"))).isEqualTo(device);
      }
      default -> {
        Domain domain = Domain.parse(document);
        assertThat(domain.vcpus()).isPositive();
        assertThat(domain.memoryKib().orElse(1)).isPositive();
        assertThat(domain.hardLimitKib().orElse(0)).isNotNegative();
        assertThat(domain.hostdevs()).hasSizeLessThan(9);
        assertThat(Domain.parse(XmlDocument.parse(domain.print(), "again"))).isEqualTo(domain);
      }
    }
  }
}
