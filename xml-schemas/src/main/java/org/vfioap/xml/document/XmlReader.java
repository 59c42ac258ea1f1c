package org.vfioap.xml.document;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;
import org.vfioap.xml.verdict.Position;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/**
 * Reads text with the JDK's parser, which never leaves the text: no document type, no external
 * entity, no XInclude.
 */
final class XmlReader {
  private static final String FEATURES = "http://xml.org/sax/features/";
  private static final String LEXICAL = "http://xml.org/sax/properties/lexical-handler";

  /**
   * The JDK's own limits, which became far lower in Java 24: here {@link TreeBuilder} limits the
   * depth, and attributes are as many as they were.
   */
  private static final Map<String, String> LIMITS =
      Map.of("jdk.xml.maxElementDepth", "0", "jdk.xml.elementAttributeLimit", "10000");

  private XmlReader() {}

  static XmlDocument read(String text, String file) {
    TreeBuilder tree = new TreeBuilder(text, file);
    try {
      XMLReader parser = parser();
      parser.setContentHandler(tree);
      parser.setErrorHandler(tree);
      parser.setEntityResolver(tree);
      parser.setProperty(LEXICAL, tree);
      parser.parse(new InputSource(new StringReader(text)));
      return tree.document();
    } catch (SAXParseException e) {
      throw malformed(e, file);
    } catch (SAXException | ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML parser cannot be used: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static XMLReader parser() throws ParserConfigurationException, SAXException {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setXIncludeAware(false);
    factory.setValidating(false);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(FEATURES + "namespace-prefixes", true);
    factory.setFeature(FEATURES + "external-general-entities", false);
    factory.setFeature(FEATURES + "external-parameter-entities", false);
    XMLReader parser = factory.newSAXParser().getXMLReader();
    for (Map.Entry<String, String> limit : LIMITS.entrySet()) {
      parser.setProperty(limit.getKey(), limit.getValue());
    }
    return parser;
  }

  private static LibvirtRefusal malformed(SAXParseException e, String file) {
    Position position =
        new Position(file, Math.max(1, e.getLineNumber()), Math.max(1, e.getColumnNumber()));
    return LibvirtRefusal.at(
        position, LibvirtError.XML_DETAIL, "not well-formed XML: " + e.getMessage());
  }
}
