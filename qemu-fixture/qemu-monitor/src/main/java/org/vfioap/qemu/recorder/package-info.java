/**
 * Records a real qemu-system-s390x: its answers over QMP, its texts, and the tables it is built
 * with.
 *
 * <p>Start with {@link org.vfioap.qemu.recorder.QemuRecorder} (the whole recording) and {@link
 * org.vfioap.qemu.recorder.LiveQemu} (a running QEMU to ask).
 */
@NullMarked
package org.vfioap.qemu.recorder;

import org.jspecify.annotations.NullMarked;
