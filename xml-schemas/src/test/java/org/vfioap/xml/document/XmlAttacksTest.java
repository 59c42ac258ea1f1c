package org.vfioap.xml.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** What hostile documents have tried elsewhere. */
class XmlAttacksTest {
  @TempDir private Path directory;

  private static LibvirtRefusal refusal(String text) {
    LibvirtRefusal refusal =
        catchThrowableOfType(LibvirtRefusal.class, () -> XmlDocument.parse(text, "evil.xml"));
    assertThat(refusal).as(text.substring(0, Math.min(200, text.length()))).isNotNull();
    return refusal;
  }

  @Test
  void refusesABillionLaughs() {
    StringBuilder text = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 'lol'>");
    for (int i = 1; i < 10; i++) {
      String inner = ("&l" + (i - 1) + ";").repeat(10);
      text.append("<!ENTITY l").append(i).append(" '").append(inner).append("'>");
    }

    assertThat(refusal(text + "]><a>&l9;</a>"))
        .hasMessageContaining("document type (DTD) and entities are not allowed");
  }

  @Test
  void refusesQuadraticBlowup() {
    String entity = "x".repeat(50_000);
    String text = "<!DOCTYPE a [<!ENTITY x '" + entity + "'>]><a>" + "&x;".repeat(50_000) + "</a>";

    assertThat(refusal(text)).hasMessageContaining("not allowed");
  }

  @Test
  void refusesAnEntityThatReadsAFile() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "the secret");
    String text =
        "<!DOCTYPE a [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><hostdev>&x;</hostdev>";

    assertThat(refusal(text).getMessage()).doesNotContain("the secret");
  }

  @Test
  void neverConnectsToAServer() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x";
      refusal("<!DOCTYPE a SYSTEM '" + url + "'><a/>");
      refusal("<!DOCTYPE a PUBLIC 'x' '" + url + "'><a/>");
      refusal("<!DOCTYPE a [<!ENTITY % p SYSTEM '" + url + "'> %p;]><a/>");
      refusal("<!DOCTYPE a [<!ENTITY e SYSTEM '" + url + "'>]><a b='&e;'>&e;</a>");
      XmlDocument.parse(
          "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='u "
              + url
              + "' xsi:noNamespaceSchemaLocation='"
              + url
              + "'/>",
          "hint.xml");
      XmlDocument.parse("<?xml-stylesheet href='" + url + "'?><a/>", "style.xml");
      XmlDocument.parse(
          "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='" + url + "'/></a>",
          "xinclude.xml");

      server.setSoTimeout(1);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void keepsAnXIncludeAsItIsWritten() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "the secret");
    String text =
        "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='"
            + secret
            + "' parse='text'/></a>\n";

    assertThat(XmlDocument.parse(text, "a.xml").print()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"&undeclared;", "%p;&x;", "&#0;", "&#xFFFE;", "&#x110000;", "\u0001"})
  void refusesReferencesToNothing(String reference) {
    assertThat(refusal("<a>&lt;" + reference + "</a>")).hasMessageStartingWith("evil.xml:1:");
  }

  @Test
  void refusesDeepNestingWithoutRunningOutOfStack() {
    int depth = 500_000;
    assertThat(refusal("<a>".repeat(depth))).hasMessageContaining("elements nest deeper than 256");
    assertThat(XmlDocument.parse("<a>".repeat(256) + "</a>".repeat(256), "deep.xml").root())
        .isNotNull();
  }

  @Test
  void readsManyAttributes() {
    StringBuilder text = new StringBuilder("<a");
    for (int i = 0; i < 1000; i++) {
      text.append(" b").append(i).append("='c'");
    }
    assertThat(XmlDocument.parse(text.append("/>").toString(), "many.xml").root()).isNotNull();
  }

  @Test
  void refusesTooManyElements() {
    assertThat(refusal("<a>" + "<b/>".repeat(100_000) + "</a>"))
        .hasMessageContaining("more than 100000 elements");
  }

  @Test
  void refusesAHugeDocumentBeforeItIsParsed() throws IOException {
    String huge = "<a b='" + "x".repeat(XmlDocument.MAXIMUM_SIZE) + "'/>";
    assertThat(refusal(huge)).hasMessageContaining("larger than 4 MiB");

    Path file = Files.writeString(directory.resolve("huge.xml"), huge);
    assertThatThrownBy(() -> XmlDocument.load(file)).hasMessageContaining("larger than 4 MiB");
  }

  @Test
  void readsALargeAttributeInReasonableSpace() {
    String value = "x".repeat(3 << 20);
    XmlDocument document = XmlDocument.parse("<a b='" + value + "'/>", "large.xml");

    assertThat(document.root().attribute("b")).contains(value);
  }

  @Test
  void refusesAThousandTwinAttributes() {
    assertThat(refusal("<a" + " b='1'".repeat(1000) + "/>"))
        .hasMessageContaining("not well-formed");
    assertThat(refusal("<a" + " b='1'".repeat(100_000) + "/>")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"})
  void refusesWideEncodings(String charset) {
    byte[] bytes = "<hostdev/>".getBytes(Charset.forName(charset));

    assertThatThrownBy(() -> XmlDocument.parse(bytes, "wide.xml"))
        .isInstanceOf(LibvirtRefusal.class)
        .hasMessageStartingWith("wide.xml:1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-7", "UTF-16", "ISO-8859-1", "IBM1047", "x-nosuch"})
  void refusesADeclaredEncodingThatWouldReadItOtherwise(String encoding) {
    String text = "<?xml version='1.0' encoding='" + encoding + "'?><a>+ADw-b/+AD4-</a>";

    assertThat(refusal(text)).hasMessageContaining("'" + encoding + "' is not supported");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] overlong = {'<', 'a', '>', (byte) 0xC0, (byte) 0xBC, '<', '/', 'a', '>'};

    assertThatThrownBy(() -> XmlDocument.parse(overlong, "overlong.xml"))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void readsAByteOrderMarkOfUtf8() {
    byte[] bytes = "\uFEFF<a/>".getBytes(StandardCharsets.UTF_8);

    assertThat(XmlDocument.parse(bytes, "bom.xml").root().name()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "x", "<", "<a", "<a>", "<a></b>", "<a/><b/>", "<a b=c/>", "<a:b/>", "<?"})
  void saysWhereItIsNotXml(String text) {
    assertThat(refusal(text))
        .hasMessageStartingWith("evil.xml:1:")
        .hasMessageContaining("not well-formed XML: ");
  }

  @Test
  void instructionsAndCommentsDoNothing() {
    String text = "<?php system('x')?>\n<!-- <!DOCTYPE a> -->\n<a><?b c?><!--d--></a>\n";

    assertThat(XmlDocument.parse(text, "a.xml").print()).isEqualTo(text);
  }
}
