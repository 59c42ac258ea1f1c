/**
 * Plays recorded conversations against the emulator.
 *
 * <p>Start with {@link org.vfioap.qemu.transcript.TranscriptsTest} and {@link
 * org.vfioap.qemu.transcript.TranscriptPlayer}.
 */
@NullMarked
package org.vfioap.qemu.transcript;

import org.jspecify.annotations.NullMarked;
