package org.vfioap.xml.document;

/** What an element can contain. */
public sealed interface XmlNode permits XmlElement, XmlText, XmlComment, XmlInstruction {}
