package org.vfioap.machine;

/**
 * A write that an administrator makes after boot.
 *
 * @param path of a file below /sys
 * @param text what is written, without the newline behind it
 */
record BootWrite(String path, String text) {}
