/**
 * CPU models of s390x: features and groups, definitions, expansion, comparison, baseline, and what
 * an accelerator can give.
 *
 * <p>Start with {@link org.vfioap.qemu.cpu.CpuModels} (the models of a machine type) and {@link
 * org.vfioap.qemu.cpu.CpuModel} (one model with its features).
 */
@NullMarked
package org.vfioap.qemu.cpu;

import org.jspecify.annotations.NullMarked;
