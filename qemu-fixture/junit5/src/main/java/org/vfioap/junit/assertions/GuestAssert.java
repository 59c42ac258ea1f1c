package org.vfioap.junit.assertions;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.vfioap.ap.Apqn;
import org.vfioap.junit.FixtureGuest;
import org.vfioap.mdev.CpuFeature;

/** Assertions about a guest. */
public final class GuestAssert extends AbstractAssert<GuestAssert, FixtureGuest> {
  GuestAssert(FixtureGuest guest) {
    super(guest, GuestAssert.class);
  }

  /** Requires that it can address exactly these queues. */
  public GuestAssert hasQueues(String... apqns) {
    isNotNull();
    Set<Apqn> wanted = new TreeSet<>();
    Arrays.stream(apqns).map(Apqn::parse).forEach(wanted::add);
    Set<Apqn> found = actual.queues();
    if (!wanted.equals(found)) {
      Set<Apqn> missing = new TreeSet<>(wanted);
      missing.removeAll(found);
      String why = missing.isEmpty() ? "" : ": " + actual.explain(missing.iterator().next());
      throw failure("expected %s to have %s, but it has %s%s", actual.name(), wanted, found, why);
    }
    return this;
  }

  /** Requires that it can address no queue. */
  public GuestAssert hasNoQueues() {
    return hasQueues();
  }

  /** Requires these CPU features, and perhaps more. */
  public GuestAssert hasFeatures(CpuFeature... features) {
    isNotNull();
    if (!actual.features().containsAll(List.of(features))) {
      throw butHas(List.of(features));
    }
    return this;
  }

  /** Requires exactly these CPU features. */
  public GuestAssert hasOnlyFeatures(CpuFeature... features) {
    isNotNull();
    if (!actual.features().equals(Set.of(features))) {
      throw butHas(List.of(features));
    }
    return this;
  }

  private AssertionError butHas(List<CpuFeature> wanted) {
    return failure(
        "expected %s to have the features %s, but it has %s",
        actual.name(), wanted, new TreeSet<>(actual.features()));
  }
}
