package org.vfioap.junit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.vfioap.kernel.Errno;

/** The writes to files in this process: of the test, and of the code under test. */
public interface WriteJournal {
  /** Returns the writes, oldest first. */
  List<Write> writes();

  /**
   * Counts the writes to paths of a glob, refused ones included; {@code with("value", "5")} looks
   * at the value and {@code with("errno", Errno.EBUSY)} at the refusal.
   */
  Verification wrote(String glob);

  /** Forgets the writes. */
  void clear();

  /**
   * A write.
   *
   * @param time when it was over
   * @param path without links
   * @param value without white space around it
   * @param refused how it was refused; empty if it was taken
   * @param thread the name of the thread that wrote
   */
  record Write(Instant time, String path, String value, Optional<Errno> refused, String thread) {
    /** Returns it as a shell would show it. */
    @Override
    public String toString() {
      return "echo " + value + " > " + path + refused.map(errno -> "  # " + errno).orElse("");
    }
  }
}
