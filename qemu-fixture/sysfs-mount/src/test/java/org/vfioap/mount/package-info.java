@NullMarked
package org.vfioap.mount;

import org.jspecify.annotations.NullMarked;
