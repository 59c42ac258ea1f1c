/**
 * Scenario files: operations on a host's files and guests, each with the result that a kernel gave.
 *
 * <p>Start with {@link org.vfioap.scenario.Scenario}, one scenario of a file, and {@link
 * org.vfioap.scenario.ScenarioRun}, what an emulated host makes of it.
 */
@NullMarked
package org.vfioap.scenario;

import org.jspecify.annotations.NullMarked;
