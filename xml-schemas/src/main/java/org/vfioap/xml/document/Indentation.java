package org.vfioap.xml.document;

import java.util.ArrayList;
import java.util.List;

/** Lays an element out in lines, two spaces a level, as libvirt prints it. */
public final class Indentation {
  private Indentation() {}

  /** Returns an element whose children stand in lines of their own, unless it has text. */
  public static XmlElement of(XmlElement element) {
    return of(element, 0);
  }

  /**
   * Returns an element as {@link #of(XmlElement)} that stands inside others.
   *
   * @param level how many
   */
  public static XmlElement of(XmlElement element, int level) {
    List<XmlNode> children = element.children();
    if (children.isEmpty() || children.stream().anyMatch(Indentation::isText)) {
      return element;
    }
    List<XmlNode> laidOut = new ArrayList<>();
    for (XmlNode child : children) {
      laidOut.add(newline(level + 1));
      laidOut.add(child instanceof XmlElement inner ? of(inner, level + 1) : child);
    }
    laidOut.add(newline(level));
    return element.withChildren(laidOut);
  }

  private static boolean isText(XmlNode node) {
    return node instanceof XmlText;
  }

  /** Returns the white space before something at a level. */
  public static XmlText newline(int level) {
    return new XmlText("\n" + "  ".repeat(level));
  }
}
