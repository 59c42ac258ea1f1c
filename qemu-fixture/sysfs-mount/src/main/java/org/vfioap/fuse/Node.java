package org.vfioap.fuse;

/** Something in a mounted tree: a directory, a file or a symbolic link. */
public sealed interface Node permits Directory, RegularFile, Link {}
