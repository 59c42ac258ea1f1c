package org.vfioap.xml.nodedev;

/**
 * A write to a file of a mediated device: {@code <attr name='assign_adapter' value='5'/>}.
 *
 * @param name the file
 * @param value what is written
 */
public record MdevAttribute(String name, String value) {}
