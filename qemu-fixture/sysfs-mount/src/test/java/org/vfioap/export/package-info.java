/** What tools that only read find in a machine that was written to files. */
@org.jspecify.annotations.NullMarked
package org.vfioap.export;
