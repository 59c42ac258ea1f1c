package org.vfioap.xml.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.xml.document.Indentation;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.document.XmlNode;

/** One child of {@code <domain>}, replaced or added. */
final class RootPart {
  private RootPart() {}

  /**
   * Returns the domain with an element in place of its first namesake.
   *
   * @param before the name of the element to put a new one before; at the end if there is none
   */
  static XmlElement set(XmlElement domain, XmlElement part, String before) {
    Optional<XmlElement> old = domain.first(part.name());
    return old.isPresent()
        ? domain.withReplaced(old.get(), Indentation.of(part, 1))
        : insert(domain, Indentation.of(part, 1), before);
  }

  private static XmlElement insert(XmlElement domain, XmlElement part, String before) {
    List<XmlNode> children = new ArrayList<>(domain.children());
    int index = domain.first(before).map(children::indexOf).orElse(-1);
    if (index < 0) {
      index = children.isEmpty() ? 0 : children.size() - 1;
      children.add(index, Indentation.newline(1));
      children.add(index + 1, part);
    } else {
      children.add(index, Indentation.newline(1));
      children.add(index, part);
    }
    return domain.withChildren(children);
  }
}
