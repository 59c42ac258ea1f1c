/**
 * XML documents of libvirt as values: everything is kept and printed back in place.
 *
 * <p>Start with {@link org.vfioap.xml.document.XmlDocument}, which reads and prints a document
 * within limits, and {@link org.vfioap.xml.document.XmlElement}, an element with its attributes and
 * children.
 */
@NullMarked
package org.vfioap.xml.document;

import org.jspecify.annotations.NullMarked;
