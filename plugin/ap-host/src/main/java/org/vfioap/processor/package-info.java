/**
 * The AP instructions as a processor executes them: registers in, registers and memory out.
 *
 * <p>Start with {@link org.vfioap.processor.Processor}, which executes PQAP, NQAP and DQAP over
 * what a host or a guest has, and {@link org.vfioap.processor.Outcome}, what comes of it.
 */
@NullMarked
package org.vfioap.processor;

import org.jspecify.annotations.NullMarked;
