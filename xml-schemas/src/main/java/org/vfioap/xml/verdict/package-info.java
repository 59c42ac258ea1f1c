/**
 * What libvirt says no to, in its words.
 *
 * <p>Start with {@link org.vfioap.xml.verdict.LibvirtRefusal}, the error that carries libvirt's
 * text and the place in the file, and {@link org.vfioap.xml.verdict.LibvirtError}, the kinds of
 * error.
 */
@NullMarked
package org.vfioap.xml.verdict;

import org.jspecify.annotations.NullMarked;
