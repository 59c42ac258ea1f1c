/**
 * Machine files: a machine described in YAML becomes a host.
 *
 * <p>Start with {@link org.vfioap.machine.Machine}, which loads a file or preset and boots it, and
 * {@link org.vfioap.machine.MachineFileException}, which says where a file is wrong and what is
 * allowed there. Text becomes nodes in {@code YamlText}, nodes become a description in {@code
 * MachineReader}, the description becomes text again in {@code MachineWriter}.
 */
@NullMarked
package org.vfioap.machine;

import org.jspecify.annotations.NullMarked;
