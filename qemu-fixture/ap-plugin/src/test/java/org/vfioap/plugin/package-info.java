/** Tests of what plugins are told. */
@NullMarked
package org.vfioap.plugin;

import org.jspecify.annotations.NullMarked;
