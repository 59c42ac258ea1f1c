/**
 * The CPU of a guest: {@code <cpu>}.
 *
 * <p>Start with {@link org.vfioap.xml.cpu.Cpu}, the element as a value, and {@link
 * org.vfioap.xml.cpu.CpuFeaturePolicy}, what a guest wants of a feature.
 */
@NullMarked
package org.vfioap.xml.cpu;

import org.jspecify.annotations.NullMarked;
