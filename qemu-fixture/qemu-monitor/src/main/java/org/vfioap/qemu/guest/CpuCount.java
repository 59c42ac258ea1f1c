package org.vfioap.qemu.guest;

/**
 * The {@code -smp} option.
 *
 * @param present CPUs at start
 * @param maximum CPUs that may be plugged in all
 */
public record CpuCount(int present, int maximum) {}
