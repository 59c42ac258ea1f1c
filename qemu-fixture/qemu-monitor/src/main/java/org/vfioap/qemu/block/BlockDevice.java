package org.vfioap.qemu.block;

/**
 * The device that a guest sees, as its back end knows it.
 *
 * @param name its identifier, or its path if it has none
 * @param removable whether its medium can be taken out
 * @param shares whether several devices may write to the same disk
 * @param writesBack whether writing ends before the data is safe
 * @param reads whether it only reads
 */
public record BlockDevice(
    String name, boolean removable, boolean shares, boolean writesBack, boolean reads) {}
