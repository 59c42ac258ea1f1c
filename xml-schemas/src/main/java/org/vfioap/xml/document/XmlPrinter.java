package org.vfioap.xml.document;

import java.util.List;

/**
 * Writes XML as libvirt does: single quotes, {@code <a/>} for an empty element, and an entity for
 * each of {@code < > & ' "} in text and attributes. Source: src/util/virbuffer.c of libvirt 9.0.
 */
final class XmlPrinter {
  private final StringBuilder out = new StringBuilder();

  String print(XmlDocument document) {
    document.before().forEach(this::line);
    line(document.root());
    document.after().forEach(this::line);
    return out.toString();
  }

  String print(XmlElement element) {
    append(element);
    return out.toString();
  }

  private void line(XmlNode node) {
    append(node);
    out.append('\n');
  }

  private void append(XmlNode node) {
    if (node instanceof XmlElement element) {
      appendElement(element);
    } else if (node instanceof XmlText text) {
      escape(text.text(), false);
    } else if (node instanceof XmlComment comment) {
      out.append("<!--").append(comment.text()).append("-->");
    } else if (node instanceof XmlInstruction instruction) {
      out.append("<?").append(instruction.target());
      out.append(instruction.data().isEmpty() ? "" : " ").append(instruction.data()).append("?>");
    }
  }

  private void appendElement(XmlElement element) {
    out.append('<').append(element.name());
    element
        .attributes()
        .forEach(
            (name, value) -> {
              out.append(' ').append(name).append("='");
              escape(value, true);
              out.append('\'');
            });
    List<XmlNode> children = element.children();
    out.append(children.isEmpty() ? "/>" : ">");
    if (!children.isEmpty()) {
      children.forEach(this::append);
      out.append("</").append(element.name()).append('>');
    }
  }

  private void escape(String text, boolean inAttribute) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean newline = c == '\r' || (inAttribute && (c == '\n' || c == '\t'));
      if (newline) {
        out.append("&#").append((int) c).append(';');
      } else {
        appendEscaped(c);
      }
    }
  }

  private void appendEscaped(char c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '\'' -> out.append("&apos;");
      case '"' -> out.append("&quot;");
      default -> out.append(c);
    }
  }
}
