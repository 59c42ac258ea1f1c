package org.vfioap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.AbstractAssert;
import org.vfioap.ap.ApMatrix;
import org.vfioap.mdev.Guest;

/** What the control block of a guest lets it address. */
public final class GuestAssert extends AbstractAssert<GuestAssert, Guest> {
  GuestAssert(Guest guest) {
    super(guest, GuestAssert.class);
  }

  /** Checks the queues that the guest can address. */
  public GuestAssert addresses(String... queues) {
    assertThat(actual.apcb().effective().apqnLines().lines())
        .as("queues of " + actual)
        .containsExactly(queues);
    return this;
  }

  /** Checks the domains that the guest can control. */
  public GuestAssert controls(String... domains) {
    assertThat(actual.apcb().effective().controlDomainLines().lines())
        .as("control domains of " + actual)
        .containsExactly(domains);
    return this;
  }

  /** Checks that the guest has no AP resources at all. */
  public GuestAssert addressesNothing() {
    assertThat(actual.apcb().matrix()).as("APCB of " + actual).isEqualTo(ApMatrix.EMPTY);
    return this;
  }
}
