package org.vfioap.junit.assertions;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.junit.MachineView;

/** Assertions about a host. */
public final class HostAssert extends AbstractAssert<HostAssert, ApHost> {
  HostAssert(ApHost host) {
    super(host, HostAssert.class);
  }

  /** Chooses a queue, {@code 05.0004}. */
  public QueueAssert queue(String apqn) {
    isNotNull();
    return new QueueAssert(actual, Apqn.parse(apqn));
  }

  /** Chooses an mdev, which must be there. */
  public MdevAssert mdev(String uuid) {
    isNotNull();
    Optional<MdevState> found =
        actual.mdevs().stream().filter(mdev -> mdev.uuid().equals(uuid)).findFirst();
    if (found.isEmpty()) {
      List<String> all = actual.mdevs().stream().map(MdevState::uuid).toList();
      throw failure("expected an mdev %s, but there are %s", uuid, all);
    }
    return new MdevAssert(actual, found.get());
  }

  /** Requires that there is no mdev of this name. */
  public HostAssert hasNoMdev(String uuid) {
    isNotNull();
    if (actual.mdevs().stream().anyMatch(mdev -> mdev.uuid().equals(uuid))) {
      throw failure("expected no mdev %s, but it is there", uuid);
    }
    return this;
  }

  /** Requires masks, in the forms that the kernel's command line takes: {@code +0-255,-5}. */
  public HostAssert hasMasks(String apmask, String aqmask) {
    isNotNull();
    List<ApMask> wanted = List.of(MachineView.mask(apmask), MachineView.mask(aqmask));
    if (!actual.masks().equals(wanted)) {
      throw failure("expected apmask and aqmask%n  %s%nbut they are%n  %s", wanted, actual.masks());
    }
    return this;
  }

  /** Requires a line of the kernel log that contains this text. */
  public HostAssert logged(String text) {
    isNotNull();
    if (actual.log().lines().stream().noneMatch(line -> line.text().contains(text))) {
      throw failure("expected '%s' in the kernel log, but it has %s", text, actual.log().lines());
    }
    return this;
  }

  /**
   * Compares the state (masks, queues, mdevs, guests) with {@code
   * src/test/resources/PACKAGE/NAME.golden} beside the calling class; with {@code
   * -Dvfioap.golden=update} writes it there.
   */
  public HostAssert matchesGolden(String name) {
    isNotNull();
    Golden.of(name).check(MachineView.golden(actual));
    return this;
  }
}
