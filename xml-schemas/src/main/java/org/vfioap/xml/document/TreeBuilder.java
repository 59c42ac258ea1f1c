package org.vfioap.xml.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;
import org.vfioap.xml.verdict.Position;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/** Makes a document of a parser's events and keeps its limits. */
final class TreeBuilder extends DefaultHandler2 {
  private static final int MAXIMUM_DEPTH = 256;
  private static final int MAXIMUM_ELEMENTS = 100_000;

  private final TagPositions positions;
  private final List<XmlNode> before = new ArrayList<>();
  private final List<XmlNode> after = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable XmlElement root;
  private @Nullable Locator locator;
  private int elements;

  /** An element whose end tag is to come. */
  private record Open(XmlElement start, List<XmlNode> children) {}

  /**
   * Creates a builder.
   *
   * @param source the text that the parser reads; empty if the events are not from text
   */
  TreeBuilder(String source, String file) {
    positions = new TagPositions(source, file);
  }

  XmlDocument document() {
    if (root == null) {
      throw new IllegalStateException("the parser ended without a root");
    }
    return new XmlDocument(before, root, after);
  }

  @Override
  public void setDocumentLocator(Locator value) {
    locator = value;
  }

  private Position here() {
    return locator == null
        ? Position.NONE
        : positions.ofTag(locator.getLineNumber(), locator.getColumnNumber());
  }

  @Override
  public void startDTD(String name, @Nullable String publicId, @Nullable String systemId) {
    throw refusal("a document type (DTD) and entities are not allowed")
        .withHint("remove <!DOCTYPE");
  }

  private LibvirtRefusal refusal(String detail) {
    return LibvirtRefusal.at(here(), LibvirtError.XML_DETAIL, detail);
  }

  @Override
  public InputSource resolveEntity(@Nullable String publicId, String systemId) {
    throw refusal("an external entity is not allowed: " + systemId);
  }

  @Override
  public void startElement(String uri, String localName, String name, Attributes attributes) {
    endText();
    if (open.size() >= MAXIMUM_DEPTH) {
      throw refusal("elements nest deeper than " + MAXIMUM_DEPTH);
    }
    if (++elements > MAXIMUM_ELEMENTS) {
      throw refusal("more than " + MAXIMUM_ELEMENTS + " elements");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < attributes.getLength(); i++) {
      values.put(attributes.getQName(i), attributes.getValue(i));
    }
    open.push(new Open(new XmlElement(name, uri, values, List.of(), here()), new ArrayList<>()));
  }

  @Override
  public void endElement(String uri, String localName, String name) {
    endText();
    Open ended = open.pop();
    add(ended.start().withChildren(ended.children()));
  }

  private void add(XmlNode node) {
    if (!open.isEmpty()) {
      open.element().children().add(node);
    } else if (node instanceof XmlElement element) {
      root = element;
    } else {
      (root == null ? before : after).add(node);
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    text.append(characters, start, length);
  }

  private void endText() {
    if (text.length() > 0) {
      add(new XmlText(text.toString()));
      text.setLength(0);
    }
  }

  @Override
  public void comment(char[] characters, int start, int length) {
    endText();
    add(new XmlComment(new String(characters, start, length)));
  }

  @Override
  public void processingInstruction(String target, @Nullable String data) {
    endText();
    add(new XmlInstruction(target, data == null ? "" : data));
  }

  @Override
  public void error(SAXParseException error) throws SAXParseException {
    throw error;
  }

  @Override
  public void fatalError(SAXParseException error) throws SAXParseException {
    throw error;
  }
}
