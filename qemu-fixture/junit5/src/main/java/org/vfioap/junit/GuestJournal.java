package org.vfioap.junit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.script.Journal;
import org.vfioap.qemu.script.JournalEntry;

/** The journal of a guest's monitor. */
record GuestJournal(Journal journal, Runnable settle) implements QmpJournal {
  @Override
  public List<JournalEntry> entries() {
    settle.run();
    return journal.entries();
  }

  @Override
  public List<String> commands() {
    settle.run();
    return journal.commands();
  }

  @Override
  public Verification received(String command) {
    return new Tally<>(
        "received",
        command,
        () -> entries().stream().filter(entry -> !entry.command().isEmpty()).toList(),
        new Tally.Reading<>(JournalEntry::command, command::equals, GuestJournal::value));
  }

  private static @Nullable String value(JournalEntry entry, String name) {
    JsonValue value = entry.arguments().get(name).orElse(null);
    if (value == null) {
      return null;
    }
    return value instanceof JsonString text ? text.text() : value.toJson();
  }

  @Override
  public void clear() {
    journal.clear();
  }
}
