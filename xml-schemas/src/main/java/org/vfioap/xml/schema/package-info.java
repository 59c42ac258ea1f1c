/**
 * The schema of the libvirt that is installed.
 *
 * <p>Start with {@link org.vfioap.xml.schema.LibvirtSchema}, which validates a document, and {@link
 * org.vfioap.xml.schema.SchemaProblem}, what it finds.
 */
@NullMarked
package org.vfioap.xml.schema;

import org.jspecify.annotations.NullMarked;
