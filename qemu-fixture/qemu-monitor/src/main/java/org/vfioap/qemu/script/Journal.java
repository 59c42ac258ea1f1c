package org.vfioap.qemu.script;

import java.util.ArrayList;
import java.util.List;

/** What clients sent to the monitors of a guest, in order. Thread-safe. */
public final class Journal {
  private final List<JournalEntry> entries = new ArrayList<>();

  private Journal() {}

  /** Returns a journal without entries. */
  public static Journal empty() {
    return new Journal();
  }

  synchronized void add(JournalEntry entry) {
    entries.add(entry);
  }

  /** Returns what was sent so far; the list does not change. */
  public synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  /** Returns the names of the commands that were sent so far. */
  public List<String> commands() {
    return entries().stream().map(JournalEntry::command).filter(name -> !name.isEmpty()).toList();
  }

  /** Forgets what was sent so far. */
  public synchronized void clear() {
    entries.clear();
  }
}
