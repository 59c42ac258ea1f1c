package org.vfioap.junit;

import java.util.List;
import org.vfioap.qemu.script.JournalEntry;

/** What came over the monitor socket of a guest, from the code under test. */
public interface QmpJournal {
  /** Returns what came, oldest first. */
  List<JournalEntry> entries();

  /** Returns the names of the commands that came, oldest first. */
  List<String> commands();

  /** Counts the commands of a name; {@code with} looks at their arguments. */
  Verification received(String command);

  /** Forgets what came. */
  void clear();
}
