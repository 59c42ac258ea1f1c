package org.vfioap.sysfs;

/**
 * A symbolic link.
 *
 * @param target the literal text, relative to the directory of the link
 */
public record SysfsLink(String target) implements SysfsNode {}
