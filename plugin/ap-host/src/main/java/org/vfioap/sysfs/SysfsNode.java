package org.vfioap.sysfs;

/** Something in the tree: a directory, a file or a symbolic link. */
public sealed interface SysfsNode permits SysfsDirectory, SysfsFile, SysfsLink {}
