package org.vfioap.junit.assertions;

import org.assertj.core.api.AbstractAssert;
import org.vfioap.ap.Apqn;
import org.vfioap.host.ApHost;
import org.vfioap.junit.MachineView;

/** Assertions about a queue. */
public final class QueueAssert extends AbstractAssert<QueueAssert, Apqn> {
  private static final String VFIO_AP = "vfio_ap";

  private final ApHost host;

  QueueAssert(ApHost host, Apqn apqn) {
    super(apqn, QueueAssert.class);
    this.host = host;
  }

  private String driver() {
    return MachineView.driver(host, actual).orElse("no device");
  }

  private AssertionError but(String expected) {
    String driver = driver().isEmpty() ? "no driver" : driver();
    return failure(
        "expected %s %s, but it has %s: %s",
        actual, expected, driver, MachineView.explain(host, actual));
  }

  /** Requires a driver, {@code vfio_ap} or {@code cex4queue}. */
  public QueueAssert isBoundTo(String driver) {
    if (!driver().equals(driver)) {
      throw but("to be bound to " + driver);
    }
    return this;
  }

  /** Requires that a driver of the host has it. */
  public QueueAssert isHostOwned() {
    if (driver().isEmpty() || driver().equals("no device") || driver().equals(VFIO_AP)) {
      throw but("to be the host's");
    }
    return this;
  }

  /** Requires that there is no such device. */
  public QueueAssert isAbsent() {
    if (MachineView.driver(host, actual).isPresent()) {
      throw but("to be absent");
    }
    return this;
  }
}
