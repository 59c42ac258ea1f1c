package org.vfioap.xml.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;
import org.vfioap.xml.verdict.Position;

/**
 * An element. Immutable; two are equal if they are written alike, wherever they stand.
 *
 * @param name as written, with its prefix
 * @param namespace the namespace that its name is in; empty for libvirt's own elements
 * @param attributes in order, namespace declarations included
 * @param children in order
 * @param position where its tag begins
 */
public record XmlElement(
    String name,
    String namespace,
    Map<String, String> attributes,
    List<XmlNode> children,
    Position position)
    implements XmlNode {

  /** Copies what could be changed from outside. */
  public XmlElement {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
  }

  /** Returns an element of libvirt's own without attributes and children. */
  public static XmlElement named(String name) {
    return new XmlElement(name, "", Map.of(), List.of(), Position.NONE);
  }

  /** Returns the name without its prefix. */
  public String localName() {
    return name.substring(name.indexOf(':') + 1);
  }

  /** Returns the value of an attribute. */
  public Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  /** Returns the child elements, comments and text left out. */
  public Stream<XmlElement> elements() {
    return children.stream().filter(XmlElement.class::isInstance).map(XmlElement.class::cast);
  }

  /** Returns the child elements of libvirt's own that have this name. */
  public Stream<XmlElement> all(String childName) {
    return elements().filter(each -> each.is(childName));
  }

  /** Returns the first child element of libvirt's own that has this name. */
  public Optional<XmlElement> first(String childName) {
    return all(childName).findFirst();
  }

  /** Tells whether it is an element of libvirt's own with this name. */
  public boolean is(String wanted) {
    return namespace.isEmpty() && name.equals(wanted);
  }

  /** Returns the text inside, that of children included, as XPath's {@code string()} does. */
  public String text() {
    return children.stream().map(XmlElement::textOf).collect(Collectors.joining());
  }

  /** Returns the element with {@link #text} as its only content. */
  public XmlElement withTextOnly() {
    return withChildren(text().isEmpty() ? List.of() : List.of(new XmlText(text())));
  }

  private static String textOf(XmlNode node) {
    if (node instanceof XmlElement element) {
      return element.text();
    }
    return node instanceof XmlText text ? text.text() : "";
  }

  /** Returns the element with an attribute set; a new one comes last. */
  public XmlElement with(String attribute, String value) {
    Map<String, String> changed = new LinkedHashMap<>(attributes);
    changed.put(attribute, value);
    return new XmlElement(name, namespace, changed, children, position);
  }

  /** Returns the element with other children. */
  public XmlElement withChildren(List<XmlNode> changed) {
    return new XmlElement(name, namespace, attributes, changed, position);
  }

  /** Returns the element with one more child at the end. */
  public XmlElement withChild(XmlNode child) {
    List<XmlNode> changed = new ArrayList<>(children);
    changed.add(child);
    return withChildren(changed);
  }

  /** Returns the element with {@code changed} in place of a child, which is found by identity. */
  public XmlElement withReplaced(XmlElement child, XmlElement changed) {
    return withChildren(children.stream().map(each -> same(each, child) ? changed : each).toList());
  }

  @SuppressWarnings("ReferenceEquality") // twins are equal, and only one of them is meant
  private static boolean same(XmlNode one, XmlNode other) {
    return one == other;
  }

  /** Returns the element without a child, which is found by identity, and its indentation. */
  public XmlElement without(XmlElement child) {
    List<XmlNode> changed = new ArrayList<>();
    for (XmlNode each : children) {
      if (!same(each, child)) {
        changed.add(each);
      } else if (!changed.isEmpty()
          && changed.get(changed.size() - 1) instanceof XmlText text
          && text.isBlank()) {
        changed.remove(changed.size() - 1);
      }
    }
    return withChildren(changed);
  }

  /** Returns a refusal that names this element and its position. */
  public LibvirtRefusal refusal(LibvirtError kind, String detail) {
    return LibvirtRefusal.in(name, position, kind, detail);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof XmlElement element
        && name.equals(element.name)
        && namespace.equals(element.namespace)
        && List.copyOf(attributes.entrySet()).equals(List.copyOf(element.attributes.entrySet()))
        && children.equals(element.children);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + children.size();
  }

  /** Returns the element as XML. */
  @Override
  public String toString() {
    return new XmlPrinter().print(this);
  }
}
