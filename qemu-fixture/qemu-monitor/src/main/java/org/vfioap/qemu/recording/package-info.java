/**
 * What a real QEMU was recorded to answer, as the emulator reads it.
 *
 * <p>Start with {@link org.vfioap.qemu.recording.Recording} (one file of named entries) and {@link
 * org.vfioap.qemu.recording.MachineRecording} (what belongs to one machine type).
 */
@NullMarked
package org.vfioap.qemu.recording;

import org.jspecify.annotations.NullMarked;
