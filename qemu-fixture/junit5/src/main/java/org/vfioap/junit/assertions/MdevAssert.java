package org.vfioap.junit.assertions;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.Apqn;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.junit.MachineView;

/** Assertions about an mdev, as it was when it was chosen. */
public final class MdevAssert extends AbstractAssert<MdevAssert, MdevState> {
  private final ApHost host;

  MdevAssert(ApHost host, MdevState mdev) {
    super(mdev, MdevAssert.class);
    this.host = host;
  }

  /** Requires that exactly these queues are assigned. */
  public MdevAssert hasMatrix(String... apqns) {
    return require("matrix", actual.assigned(), apqns);
  }

  /** Requires that a guest gets, or would get, exactly these queues. */
  public MdevAssert hasGuestMatrix(String... apqns) {
    return require("guest matrix", actual.guestMatrix(), apqns);
  }

  private MdevAssert require(String what, ApMatrix matrix, String... apqns) {
    Set<Apqn> wanted = new TreeSet<>();
    Arrays.stream(apqns).map(Apqn::parse).forEach(wanted::add);
    Set<Apqn> found = MachineView.queues(matrix);
    if (!wanted.equals(found)) {
      Set<Apqn> missing = new TreeSet<>(wanted);
      missing.removeAll(found);
      String why =
          missing.isEmpty() ? "" : ": " + MachineView.explain(host, missing.iterator().next());
      throw failure(
          "expected the %s of %s to be %s, but it is %s%s",
          what, actual.uuid(), wanted, found, why);
    }
    return this;
  }

  /** Requires that a guest of this name uses it. */
  public MdevAssert isInUseBy(String guest) {
    if (!actual.guest().orElse("").equals(guest)) {
      throw failure(
          "expected mdev %s to be used by %s, but it is %s",
          actual.uuid(), guest, actual.guest().map(name -> "used by " + name).orElse("free"));
    }
    return this;
  }

  /** Requires that nobody uses it. */
  public MdevAssert isFree() {
    if (actual.open()) {
      throw failure(
          "expected mdev %s to be free, but %s has it",
          actual.uuid(), actual.guest().orElse("somebody"));
    }
    return this;
  }
}
