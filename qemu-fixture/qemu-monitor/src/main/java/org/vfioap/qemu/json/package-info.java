/**
 * QEMU's dialect of JSON: an incremental reader with its recovery rules, and its writer.
 *
 * <p>Start with {@link org.vfioap.qemu.json.JsonReader} (bytes in, values and errors out) and
 * {@link org.vfioap.qemu.json.JsonObject} (members in QEMU's hash order).
 */
@NullMarked
package org.vfioap.qemu.json;

import org.jspecify.annotations.NullMarked;
