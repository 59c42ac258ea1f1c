package org.vfioap.mdev;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * The order of the checks of an assignment, and who may share what.
 *
 * <pre>
 *              domain 1 (host)  domain 2     maxima: adapter 9, domain 6
 *   adapter 4      host           vfio
 *   adapter 5      vfio           vfio
 * </pre>
 */
class AssignmentTest {
  private final Admin admin =
      Admin.boot(Machines.cards(ApMask.of(4, 5), ApMask.of(1, 2)).maxima(9, 6))
          .echo("0x08", "bus/ap/apmask")
          .echo("0x40", "bus/ap/aqmask");
  private final Mdev mdev = admin.create(Admin.UUID1);
  private final Mdev other = admin.create(Admin.UUID2);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assign_adapter",
        "unassign_adapter",
        "assign_domain",
        "unassign_domain",
        "assign_control_domain",
        "unassign_control_domain"
      })
  void checksTheTextBeforeTheMaximum(String file) {
    assertRefused(Errno.EINVAL, () -> mdev.echo("999 ", file));
    assertRefused(Errno.ERANGE, () -> mdev.echo("18446744073709551616", file));
    assertRefused(Errno.ENODEV, () -> mdev.echo("18446744073709551615", file));
    assertRefused(Errno.ENODEV, () -> mdev.echo("10", file));
  }

  @Test
  void checksTheMaximumBeforeTheReservation() {
    mdev.assignDomains(1);

    assertRefused(Errno.ENODEV, () -> mdev.assignAdapters(10));
  }

  @Test
  void succeedsForWhatIsAssignedAlready() {
    mdev.assignAdapters(5).assignDomains(1).assignControlDomains(1);

    mdev.assignAdapters(5).assignDomains(1).assignControlDomains(1);

    assertThat(mdev).hasMatrix("05.0001").hasControlDomains("0001");
  }

  @Test
  void succeedsForWhatIsNotAssigned() {
    mdev.unassignAdapters(5).unassignDomains(1).unassignControlDomains(1);

    assertThat(mdev).hasMatrix().hasControlDomains();
  }

  @Test
  void refusesAsReservedWhatIsSharedToo() {
    other.assignAdapters(5).assignDomains(1, 2);
    mdev.assignAdapters(4, 5);

    assertRefused(Errno.EADDRNOTAVAIL, () -> mdev.assignDomains(1));
  }

  @Test
  void logsNothingWhenReserved() {
    mdev.assignAdapters(4);

    assertThat(admin.logOf(() -> assertRefused(Errno.EADDRNOTAVAIL, () -> mdev.assignDomains(1))))
        .isEmpty();
  }

  @Test
  void allowsQueuesThatTheHostDoesNotHave() {
    assertThat(mdev.assignAdapters(0, 9).assignDomains(0, 6))
        .hasMatrix("00.0000", "00.0006", "09.0000", "09.0006");
  }

  @Test
  void refusesAbsentQueueOfAnotherMdev() {
    other.assignAdapters(9).assignDomains(6);
    mdev.assignDomains(6);

    assertRefused(Errno.EBUSY, () -> mdev.assignAdapters(9));
  }

  @Test
  void freesQueuesThatAreUnassigned() {
    other.assignAdapters(5).assignDomains(2);
    mdev.assignDomains(2);

    other.unassignDomains(2);

    assertThat(mdev.assignAdapters(5)).hasGuestMatrix("05.0002");
  }

  @Test
  void freesQueuesOfARemovedMdev() {
    other.assignAdapters(5).assignDomains(2);
    mdev.assignDomains(2);

    other.remove();

    assertThat(mdev.assignAdapters(5)).hasGuestMatrix("05.0002");
  }

  @Test
  void sharesControlDomains() {
    other.assignControlDomains(1, 2);

    assertThat(mdev.assignControlDomains(1, 2)).hasControlDomains("0001", "0002");
  }

  @Test
  void allowsControlDomainsThatAreReservedForHost() {
    mdev.assignAdapters(4);

    assertThat(mdev.assignControlDomains(1)).hasControlDomains("0001");
  }

  @Test
  void makesNoUsageDomainAControlDomain() {
    mdev.assignAdapters(5).assignDomains(2);

    assertThat(mdev).hasControlDomains();
    assertThat(mdev.start("guest")).addresses("05.0002").controls();
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "0x5, 5", "0X5, 5", "05, 5", "+5, 5", "+0x05, 5", "011, 9"})
  void readsNumbersAsKstrtoulDoes(String text, int adapter) {
    assertThat(mdev.echo(text, "assign_adapter").state().assigned().adapters())
        .isEqualTo(ApMask.of(adapter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 5", "5 ", "-5", "08", "5\n", "five", "0x", "5,6", "++5", "+"})
  void refusesWhatKstrtoulRefuses(String text) {
    assertRefused(Errno.EINVAL, () -> mdev.echo(text, "assign_adapter"));

    assertThat(mdev).hasMatrix();
  }

  @Test
  void takesAnEmptyWriteForNothing() {
    assertThat(admin.host().sysfs().write(mdev.path("assign_adapter"), "")).isZero();

    assertThat(mdev).hasMatrix();
  }

  @Test
  void showsOnlyAdaptersOrOnlyDomains() {
    assertThat(mdev.assignAdapters(4, 5)).hasMatrix("04.", "05.");
    assertThat(other.assignDomains(1, 2)).hasMatrix(".0001", ".0002");
  }

  @Test
  void countsMdevsThatCanBeCreated() {
    String file = "bus/matrix/devices/matrix/mdev_supported_types/vfio_ap-passthrough/";
    assertThat(admin).shows(file + "available_instances", "65534");

    other.remove();

    assertThat(admin).shows(file + "available_instances", "65535");
  }

  @Test
  void cutsListsAtThePage() {
    Admin big = Admin.bootAllPassed(Machines.cards(ApMask.range(0, 31), ApMask.range(0, 15)));
    Mdev full = big.create(Admin.UUID1);
    for (int i = 0; i < 16; i++) {
      full.assignAdapters(i, i + 16).assignDomains(i);
    }

    // 512 APQNs of 8 bytes would be 4096; the last newline does not fit.
    assertThat(full.cat("matrix")).hasSize(4095).endsWith("1f.000f");
    assertThat(full.unassignAdapters(31).assignAdapters(40).cat("guest_matrix")).hasSize(31 * 128);
  }
}
