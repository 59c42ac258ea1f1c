/**
 * How fast the emulated machine is, measured through its /sys as a program meets it. The figures
 * and how to take them again are in {@code docs/performance.md}.
 *
 * <p>Start with {@link org.vfioap.benchmarks.AdapterBenchmark}, which assigns and unassigns
 * adapters, and {@link org.vfioap.benchmarks.Machine}, what the benchmarks work on.
 */
@NullMarked
package org.vfioap.benchmarks;

import org.jspecify.annotations.NullMarked;
