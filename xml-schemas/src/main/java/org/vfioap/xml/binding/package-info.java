/**
 * Elements as objects of JAXB classes and back.
 *
 * <p>Start with {@link org.vfioap.xml.binding.Binding}, which reads and writes one class.
 */
@NullMarked
package org.vfioap.xml.binding;

import org.jspecify.annotations.NullMarked;
