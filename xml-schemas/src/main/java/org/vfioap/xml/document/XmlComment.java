package org.vfioap.xml.document;

/**
 * A comment.
 *
 * @param text what stands between the hyphens
 */
public record XmlComment(String text) implements XmlNode {}
