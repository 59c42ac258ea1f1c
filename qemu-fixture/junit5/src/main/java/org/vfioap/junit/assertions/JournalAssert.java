package org.vfioap.junit.assertions;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;
import org.vfioap.junit.QmpJournal;
import org.vfioap.junit.Verification;

/** Assertions about a journal. */
public final class JournalAssert extends AbstractAssert<JournalAssert, QmpJournal> {
  JournalAssert(QmpJournal journal) {
    super(journal, JournalAssert.class);
  }

  /** Requires that a command with these arguments came once; further arguments do not matter. */
  public JournalAssert received(String command, Map<String, ?> arguments) {
    isNotNull();
    Verification count = actual.received(command);
    arguments.forEach(count::with);
    count.once();
    return this;
  }

  /** Requires that exactly these commands came, in this order. */
  public JournalAssert commands(String... names) {
    isNotNull();
    if (!actual.commands().equals(List.of(names))) {
      throw failure(
          "expected the commands %s, but there came %s", List.of(names), actual.commands());
    }
    return this;
  }
}
