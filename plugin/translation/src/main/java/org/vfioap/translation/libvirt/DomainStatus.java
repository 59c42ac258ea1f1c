package org.vfioap.translation.libvirt;

/**
 * A domain in a list.
 *
 * @param name its name
 * @param running whether it runs; a paused one runs
 */
public record DomainStatus(String name, boolean running) {}
