package org.vfioap.mdev;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.QueueState;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * Guests that open, reset and close an mdev.
 *
 * <pre>
 *   mdev 1: 05.0001 05.0002      guest A, guest B, and one without crypto control block
 *   mdev 2: 05.0003
 * </pre>
 */
class OpeningTest {
  private final Admin admin = Admin.bootAllPassed(Machines.cards(ApMask.of(5), ApMask.of(1, 2, 3)));
  private final Mdev mdev1 = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1, 2);
  private final Mdev mdev2 = admin.create(Admin.UUID2).assignAdapters(5).assignDomains(3);
  private final Guest guestA = admin.host().guest("A");
  private final Guest guestB = admin.host().guest("B");

  @Test
  void givesTheGuestItsMatrix() {
    mdev1.open(guestA);

    assertThat(guestA).addresses("05.0001", "05.0002");
    assertThat(guestB).addressesNothing();
  }

  @Test
  void refusesASecondMdevForOneGuest() {
    mdev1.open(guestA);

    assertRefused(Errno.EPERM, () -> mdev2.open(guestA));

    assertThat(guestA).addresses("05.0001", "05.0002");
    assertThat(mdev2.state().open()).isFalse();
  }

  @Test
  void refusesASecondGuestForOneMdev() {
    mdev1.open(guestA);

    assertRefused(Errno.EBUSY, () -> mdev1.open(guestB));
  }

  @Test
  void refusesToOpenWithoutAMachine() {
    assertRefused(Errno.EINVAL, () -> admin.host().open(Admin.UUID1, null));

    assertThat(mdev1.state().open()).isFalse();
  }

  @Test
  void refusesToOpenWhatDoesNotExist() {
    assertRefused(Errno.ENOENT, () -> admin.host().open(Admin.UUID3, guestA));
  }

  @Test
  void opensWithoutCryptoAndGivesNothing() {
    Guest without = Guest.withoutCrypto("without");

    mdev1.open(without);

    assertThat(without).addressesNothing();
    assertThat(admin).hasStatus("assigned", "05.0001");
    assertThat(mdev1.state().open()).isTrue();
    assertRefused(Errno.EBUSY, mdev1::remove);
  }

  @Test
  void opensSeveralMdevsWithoutCrypto() {
    Guest without = Guest.withoutCrypto("without");

    mdev1.open(without);
    mdev2.open(without);

    assertThat(mdev2.state().open()).isTrue();
  }

  @Test
  void clearsTheGuestWhenItCloses() {
    OpenMdev open = mdev1.open(guestA);

    open.close();

    assertThat(guestA).addressesNothing();
    assertThat(mdev1).hasGuestMatrix("05.0001", "05.0002");
    assertThat(admin).hasStatus("assigned", "05.0001");
  }

  @Test
  void mayBeClosedTwice() {
    OpenMdev first = mdev1.open(guestA);
    first.close();
    mdev1.open(guestB);

    first.close();

    assertThat(guestB).addresses("05.0001", "05.0002");
  }

  @Test
  void opensAgainAfterItWasClosed() {
    mdev1.open(guestA).close();

    mdev2.open(guestA);

    assertThat(guestA).addresses("05.0003");
  }

  @Test
  void resetsItsQueues() {
    OpenMdev open = mdev1.open(guestA);

    open.reset();

    assertThat(guestA).addresses("05.0001", "05.0002");
  }

  @Test
  void reportsAQueueThatCannotBeReset() {
    OpenMdev open = mdev1.open(guestA);
    admin.change(hardware -> Machines.with(hardware, "05.0002", QueueState.RESET_STUCK));

    assertRefused(Errno.EBUSY, open::reset);
  }

  @Test
  void givesAdministratorsChangesToTheGuestAtOnce() {
    mdev1.open(guestA);

    mdev1.unassignDomains(1).assignControlDomains(3);

    assertThat(guestA).addresses("05.0002").controls("0003");
  }

  @Test
  void namesTheGuestInItsState() {
    mdev1.open(guestA);

    assertThat(mdev1.state().guest()).contains("A");
    assertThat(mdev2.state().guest()).isEmpty();
  }
}
