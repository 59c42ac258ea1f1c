package org.vfioap.qemu.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of the host's files as clients give them. JSON can carry a NUL, which QEMU's strings hold
 * as the two bytes C0 80: a strange name, but one that a file can have.
 */
public final class HostPath {
  /** Stands for what Java's paths cannot hold. */
  private static final char SYMBOL_FOR_NULL = '\u2400';

  private HostPath() {}

  /** Returns the path; no text is too strange. */
  public static Path of(String name) {
    try {
      return Path.of(name.replace('\0', SYMBOL_FOR_NULL));
    } catch (InvalidPathException unencodable) {
      return Path.of(name.replaceAll("[^\\x01-\\x7F]", "?").replace('\0', '?'));
    }
  }
}
