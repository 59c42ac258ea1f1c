package org.vfioap.junit.assertions;

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
   * Does something that the machine must refuse: with a KernelRefusal, or an IOException of one.
   */
  public static RefusalAssert assertThatRefusal(ThrowingCallable call) {
    return RefusalAssert.of(call);
  }
}
