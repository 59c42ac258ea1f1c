/**
 * A guest's CPU as QEMU takes it, and which AP features a host can give.
 *
 * <p>Start with {@link org.vfioap.translation.cpu.CpuOption}, what follows {@code -cpu}, and {@link
 * org.vfioap.translation.cpu.ApFeatureAdvice}, why a guest does not get a feature.
 */
@NullMarked
package org.vfioap.translation.cpu;

import org.jspecify.annotations.NullMarked;
