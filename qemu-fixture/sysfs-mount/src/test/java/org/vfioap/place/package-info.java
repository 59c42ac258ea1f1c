/** Start with {@link org.vfioap.place.FurnishTest}. */
@org.jspecify.annotations.NullMarked
package org.vfioap.place;
