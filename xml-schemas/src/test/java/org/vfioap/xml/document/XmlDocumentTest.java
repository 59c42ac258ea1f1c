package org.vfioap.xml.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents are printed as they were read. */
class XmlDocumentTest {
  private static final Path LIBVIRT = Path.of("/usr/share/libvirt");

  private static XmlDocument parse(String text) {
    return XmlDocument.parse(text, "test.xml");
  }

  @Test
  void keepsWhatLibvirtDoesNotKnow() {
    String text =
        """
        <!-- before -->
        <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
          <!-- inside -->
          <name>g&lt;&amp;&gt;&apos;&quot;ä€😀</name>
          <metadata><app:x xmlns:app='urn:app' app:y='1'> mixed <b/> text </app:x></metadata>
          <qemu:commandline>
            <qemu:arg value='-foo'/>
          </qemu:commandline>
        </domain>
        <!-- after -->
        """;

    assertThat(parse(text).print()).isEqualTo(text);
  }

  @Test
  void writesQuotesAndReferencesInLibvirtsWay() {
    XmlDocument document = parse("<a  b = \"1'\" c='&#10;&#9;&#13;' ><![CDATA[<&]]>&#13;</a >");

    assertThat(document.print())
        .isEqualTo("<a b='1&apos;' c='&#10;&#9;&#13;'>&lt;&amp;&#13;</a>\n");
    assertThat(parse(document.print())).isEqualTo(document);
  }

  @Test
  void tellsWhereATagBegins() {
    XmlElement root = parse("<a>\r\n  <b\n   c='>'\n  /><d/>\n</a>").root();

    assertThat(root.position()).hasToString("test.xml:1:1");
    assertThat(root.first("b").orElseThrow().position()).hasToString("test.xml:2:3");
    assertThat(root.first("d").orElseThrow().position()).hasToString("test.xml:4:5");
  }

  @Test
  void doesNotTakeOthersElementsForLibvirts() {
    XmlElement root = parse("<a xmlns:x='u'><x:b/><b xmlns='u'/><b c='1'/></a>").root();

    assertThat(root.first("b").orElseThrow().attribute("c")).contains("1");
  }

  @Test
  void isEqualByContent() {
    assertThat(parse("<a b='1' c='2'/>")).isEqualTo(parse("\n<a b='1'  c='2'></a>"));
    assertThat(parse("<a b='1' c='2'/>")).isNotEqualTo(parse("<a c='2' b='1'/>"));
    assertThat(parse("<a><b/></a>")).isNotEqualTo(parse("<a> <b/></a>"));
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThatThrownBy(() -> XmlDocument.load(Path.of("/nosuch/file.xml")))
        .hasMessage("Failed to open file '/nosuch/file.xml': No such file or directory");
  }

  @Test
  void isTheIdentityOnEveryFileOfLibvirt() throws IOException {
    assumeTrue(Files.isDirectory(LIBVIRT), "libvirt is not installed");
    List<Path> files = filesOf(LIBVIRT, Path.of("/etc/libvirt"));

    assertThat(files).isNotEmpty();
    for (Path file : files) {
      XmlDocument document = XmlDocument.load(file);
      assertThat(parse(document.print())).as(file.toString()).isEqualTo(document);
    }
  }

  private static List<Path> filesOf(Path... directories) throws IOException {
    Stream<Path> all = Stream.empty();
    for (Path directory : directories) {
      if (Files.isReadable(directory)) {
        try (Stream<Path> found = Files.walk(directory, 2)) {
          all = Stream.concat(all, found.toList().stream());
        }
      }
    }
    return all.filter(file -> file.toString().matches(".*\\.(xml|rng)"))
        .filter(Files::isReadable)
        .toList();
  }

  @Test
  void isTheIdentityOnRandomDocuments() {
    long seed = System.nanoTime();
    RandomXml random = new RandomXml(new Random(seed));
    for (int i = 0; i < 2000; i++) {
      XmlDocument document = XmlDocument.of(random.element(4));
      assertThat(parse(document.print()))
          .as("seed " + seed + ", document " + i)
          .isEqualTo(document);
    }
  }
}
