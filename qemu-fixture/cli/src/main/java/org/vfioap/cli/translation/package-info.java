/**
 * Commands about libvirt's XML, QEMU's arguments and a host's files.
 *
 * <p>Start with {@link org.vfioap.cli.translation.PlanCommand}, which shows what a document comes
 * to, and {@link org.vfioap.cli.translation.ExplainCommand}, which says why a queue is or is not in
 * a guest.
 */
@NullMarked
package org.vfioap.cli.translation;

import org.jspecify.annotations.NullMarked;
