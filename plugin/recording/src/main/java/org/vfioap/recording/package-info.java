/**
 * A real host's files become a machine file.
 *
 * <p>Start with {@link org.vfioap.recording.Recording}, which reads a folder or an archive, and
 * {@link org.vfioap.recording.RecordingException}, which says what is not one.
 */
@NullMarked
package org.vfioap.recording;

import org.jspecify.annotations.NullMarked;
