/**
 * Commands about machines that run.
 *
 * <p>Start with {@link org.vfioap.cli.running.RunCommand}, which explains how one is started, and
 * {@link org.vfioap.cli.running.ChosenMachine}, how commands find the one that is meant.
 */
@NullMarked
package org.vfioap.cli.running;

import org.jspecify.annotations.NullMarked;
