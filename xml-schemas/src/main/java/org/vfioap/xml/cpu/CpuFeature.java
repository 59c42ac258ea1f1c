package org.vfioap.xml.cpu;

/**
 * A feature of a guest's CPU.
 *
 * @param name as in {@code -cpu}
 * @param policy what is wanted
 */
public record CpuFeature(String name, CpuFeaturePolicy policy) {}
