package org.vfioap.xml.document;

import org.vfioap.xml.verdict.Position;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.LocatorImpl;

/** Elements as the events of SAX, for programs that take or give those. */
public final class XmlEvents {
  private final ContentHandler handler;
  private final LocatorImpl locator = new LocatorImpl();

  /**
   * A writer of events.
   *
   * @param <E> how it fails
   */
  public interface Source<E extends Exception> {
    /** Sends the events of one element. */
    void sendTo(ContentHandler handler) throws E;
  }

  private XmlEvents(ContentHandler handler) {
    this.handler = handler;
  }

  /** Sends an element as a document; the locator tells the position of each element. */
  public static void send(XmlElement element, ContentHandler handler) throws SAXException {
    XmlEvents events = new XmlEvents(handler);
    handler.setDocumentLocator(events.locator);
    handler.startDocument();
    events.send(element);
    handler.endDocument();
  }

  private void send(XmlElement element) throws SAXException {
    Position position = element.position();
    locator.setSystemId(position.file());
    locator.setLineNumber(position.line());
    locator.setColumnNumber(position.column());
    String local = element.localName();
    handler.startElement(element.namespace(), local, element.name(), attributes(element));
    for (XmlNode child : element.children()) {
      if (child instanceof XmlElement inner) {
        send(inner);
      } else if (child instanceof XmlText text) {
        handler.characters(text.text().toCharArray(), 0, text.text().length());
      }
    }
    handler.endElement(element.namespace(), local, element.name());
  }

  /** Attributes with a prefix belong to others and stay behind. */
  private static AttributesImpl attributes(XmlElement element) {
    AttributesImpl attributes = new AttributesImpl();
    element
        .attributes()
        .forEach(
            (name, value) -> {
              if (name.indexOf(':') < 0 && !name.equals("xmlns")) {
                attributes.addAttribute("", name, name, "CDATA", value);
              }
            });
    return attributes;
  }

  /** Returns the element whose events a source sends. */
  public static <E extends Exception> XmlElement receive(Source<E> source) throws E {
    TreeBuilder tree = new TreeBuilder("", "");
    source.sendTo(tree);
    return withoutPositions(tree.document().root());
  }

  private static XmlElement withoutPositions(XmlElement element) {
    return new XmlElement(
        element.name(),
        element.namespace(),
        element.attributes(),
        element.children().stream()
            .map(each -> each instanceof XmlElement inner ? withoutPositions(inner) : each)
            .toList(),
        Position.NONE);
  }
}
