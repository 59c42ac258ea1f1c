package org.vfioap.doctor;

import java.util.Optional;

/** A computer, as far as it is looked at. */
public interface Computer {
  /** Returns the computer that this program runs on. */
  static Computer here() {
    return new ThisComputer();
  }

  /** Returns the content of a file that can be read. */
  Optional<String> read(String file);

  /** Tells whether there is such a file or directory. */
  boolean exists(String file);

  /** Tells whether the user can read and write the file. */
  boolean isUsable(String file);

  /** Returns where the program is, in PATH or where administrators have theirs. */
  Optional<String> program(String name);

  /** Runs a program; returns what it complained of, or empty if it succeeded. */
  Optional<String> complaint(String... command);

  /** Tells whether the user is root. */
  boolean isRoot();
}
