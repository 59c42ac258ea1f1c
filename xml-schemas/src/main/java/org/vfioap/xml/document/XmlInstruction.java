package org.vfioap.xml.document;

/**
 * A processing instruction. It is kept and never followed.
 *
 * @param target its name
 * @param data what follows the name
 */
public record XmlInstruction(String target, String data) implements XmlNode {}
