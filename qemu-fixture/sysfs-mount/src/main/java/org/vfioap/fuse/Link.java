package org.vfioap.fuse;

/**
 * A symbolic link.
 *
 * @param target the literal text
 */
public record Link(String target) implements Node {}
