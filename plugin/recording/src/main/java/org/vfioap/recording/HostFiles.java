package org.vfioap.recording;

import java.util.List;
import java.util.Optional;

/** The files of a host, by their paths from its root without the slash before them. */
interface HostFiles {
  /** The most bytes of a file that are read. */
  int LONGEST = 1 << 16;

  /** Tells whether there is a file or directory. */
  boolean exists(String path);

  /** Returns the names in a directory, sorted; none if it is not one or cannot be read. */
  List<String> list(String path);

  /** Returns the content of a file, empty if there is none or it cannot be read. */
  Optional<String> read(String path);

  /** Returns what a symbolic link says, empty if there is none. */
  Optional<String> link(String path);

  /** Tells whether everybody may read a file. */
  boolean isPublic(String path);

  /** Returns what could not be read so far, and why. */
  List<String> failures();
}
