package org.vfioap.xml.hostdev;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.document.XmlNode;

/** libvirt looks at the first child of each name and at no other. */
final class FirstOfEach {
  /** The attributes of those elements that mean nothing without one. */
  private static final Map<String, Set<String>> SAYING =
      Map.of(
          "rom", Set.of("enabled", "bar", "file"),
          "acpi", Set.of("index"),
          "alias", Set.of("name"),
          "driver", Set.of("name", "iommufd"));

  private FirstOfEach() {}

  /**
   * Returns the element without further children of the same name, at every level, and without
   * empty {@code rom} and {@code acpi}, which say nothing.
   */
  static XmlElement in(XmlElement element) {
    Set<String> seen = new HashSet<>();
    List<XmlNode> kept =
        element
            .elements()
            .filter(each -> each.namespace().isEmpty() && seen.add(each.name()))
            .filter(each -> !saysNothing(each))
            .map(each -> (XmlNode) in(each))
            .toList();
    Map<String, String> attributes = element.attributes();
    return new XmlElement(element.localName(), "", attributes, kept, element.position());
  }

  private static boolean saysNothing(XmlElement element) {
    Set<String> known = SAYING.getOrDefault(element.name(), Set.of());
    return !known.isEmpty() && Collections.disjoint(element.attributes().keySet(), known);
  }
}
