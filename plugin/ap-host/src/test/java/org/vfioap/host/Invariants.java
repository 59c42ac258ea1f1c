package org.vfioap.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.ApqnSet;
import org.vfioap.bus.ApCard;
import org.vfioap.bus.ApQueue;

/** What holds between any two operations, in whatever order they ran; nobody writes meanwhile. */
final class Invariants {
  private final ApHost host;
  private final List<MdevState> mdevs;
  private final ApMask adapters;
  private final ApMask domains;
  private final ApqnSet passed = ApqnSet.create();

  private Invariants(ApHost host) {
    this.host = host;
    mdevs = host.mdevs();
    adapters = host.masks().get(0);
    domains = host.masks().get(1);
  }

  static void check(ApHost host) {
    Invariants invariants = new Invariants(host);
    invariants.driversAgreeWithMasks();
    invariants.noQueueInTwoMdevs();
    invariants.noQueueReservedAndAssigned();
    invariants.mdevs.forEach(invariants::guestMatrixIsWhatFilteringAllows);
    invariants.instancesAddUp();
  }

  private void driversAgreeWithMasks() {
    host.visitDevices(
        new ApHost.DeviceVisitor() {
          @Override
          public void card(ApCard card, String driver) {
            assertThat(driver).as(card.name()).isEqualTo("cex4card");
          }

          @Override
          public void queue(ApQueue queue, String driver) {
            boolean reserved = adapters.has(queue.adapter()) && domains.has(queue.domain());
            assertThat(driver).as(queue.name()).isEqualTo(reserved ? "cex4queue" : "vfio_ap");
            if (!reserved) {
              passed.add(queue.adapter(), queue.domain());
            }
          }
        });
  }

  private void noQueueInTwoMdevs() {
    ApqnSet taken = ApqnSet.create();
    for (MdevState mdev : mdevs) {
      ApMatrix assigned = mdev.assigned();
      assertThat(taken.hasAny(assigned.adapters(), assigned.domains()))
          .as("another mdev has a queue of %s", mdev)
          .isFalse();
      assigned.adapters().stream().forEach(a -> taken.addAll(a, assigned.domains()));
    }
  }

  private void noQueueReservedAndAssigned() {
    for (MdevState mdev : mdevs) {
      boolean reserved =
          mdev.assigned().adapters().intersects(adapters)
              && mdev.assigned().domains().intersects(domains);
      assertThat(reserved).as("masks reserve a queue of %s", mdev).isFalse();
    }
  }

  /** An adapter that was filtered once may stay out, but none may be in that has to be out. */
  private void guestMatrixIsWhatFilteringAllows(MdevState mdev) {
    ApConfig config = host.configuration().orElseThrow();
    ApMatrix guest = mdev.guestMatrix();

    assertThat(guest.domains()).isEqualTo(mdev.assigned().domains().and(config.domains()));
    assertThat(guest.controlDomains())
        .isEqualTo(mdev.assigned().controlDomains().and(config.controlDomains()));
    assertThat(guest.adapters().minus(mdev.assigned().adapters().and(config.adapters())).isEmpty())
        .as("foreign adapters in %s", mdev)
        .isTrue();
    assertThat(guest.adapters().stream())
        .as("adapters of %s", mdev)
        .allMatch(adapter -> passed.hasAll(adapter, guest.domains()));
  }

  private void instancesAddUp() {
    String file = "/sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/";
    assertThat(host.sysfs().read(file + "available_instances"))
        .isEqualTo(65536 - mdevs.size() + "\n");
  }
}
