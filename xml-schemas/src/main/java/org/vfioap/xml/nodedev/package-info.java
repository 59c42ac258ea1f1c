/**
 * Node devices of a host: mediated devices, AP cards, AP queues and the matrix.
 *
 * <p>Start with {@link org.vfioap.xml.nodedev.NodeDevice}, the document as a value, and {@link
 * org.vfioap.xml.nodedev.Capability}, what the device is.
 */
@NullMarked
package org.vfioap.xml.nodedev;

import org.jspecify.annotations.NullMarked;
