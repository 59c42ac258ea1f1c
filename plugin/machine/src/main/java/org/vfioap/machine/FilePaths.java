package org.vfioap.machine;

import java.util.Arrays;

/** Paths that a machine file may name. */
final class FilePaths {
  private FilePaths() {}

  /** Tells whether a path leads to something in a directory, without detours. */
  static boolean isBelow(String directory, String path) {
    return path.startsWith(directory)
        && Arrays.stream(path.substring(1).split("/", -1))
            .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
  }
}
