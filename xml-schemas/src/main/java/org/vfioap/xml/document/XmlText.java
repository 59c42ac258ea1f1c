package org.vfioap.xml.document;

/**
 * Characters between tags.
 *
 * @param text with references resolved; a CDATA section is text, too
 */
public record XmlText(String text) implements XmlNode {
  boolean isBlank() {
    return text.isBlank();
  }
}
