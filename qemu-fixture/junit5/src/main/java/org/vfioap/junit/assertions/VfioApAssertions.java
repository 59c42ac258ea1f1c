package org.vfioap.junit.assertions;

import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.vfioap.host.ApHost;
import org.vfioap.junit.FixtureGuest;
import org.vfioap.junit.QmpJournal;

/**
 * Where assertions start. Where a queue is not as expected, the failure ends with the rule that
 * decided it.
 */
public final class VfioApAssertions {
  private VfioApAssertions() {}

  /** Starts with a host. */
  public static HostAssert assertThat(ApHost host) {
    return new HostAssert(host);
  }

  /** Starts with a guest. */
  public static GuestAssert assertThat(FixtureGuest guest) {
    return new GuestAssert(guest);
  }

  /** Starts with a journal. */
  public static JournalAssert assertThat(QmpJournal journal) {
    return new JournalAssert(journal);
  }

  /**
   * Returns arguments for {@link JournalAssert#received}: names and values by turns.
   *
   * @throws IllegalArgumentException if a value is missing
   */
  public static Map<String, Object> args(Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "names and values by turns, but there are " + namesAndValues.length);
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return arguments;
  }

  /**
   * Does something that the machine must refuse: with a KernelRefusal, or an IOException of one.
   */
  public static RefusalAssert assertThatRefusal(ThrowingCallable call) {
    return RefusalAssert.of(call);
  }

  /** Does something that this host must refuse; its log can be looked at, too. */
  public static RefusalAssert assertThatRefusal(ApHost host, ThrowingCallable call) {
    return RefusalAssert.of(host, call);
  }
}
