/** The protocol, without a kernel on the other side. */
@org.jspecify.annotations.NullMarked
package org.vfioap.fuse;
