package org.vfioap.document;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * What has to hold for an assignment to succeed.
 *
 * <pre>
 *                 domain 1 (host)  2 (passed)  3 (passed)   maxima: adapter 9, domain 6
 *   4 (host)           host           vfio         vfio
 *   5 (passed)         vfio           vfio         vfio
 * </pre>
 *
 * <p>That no assignment succeeds while a mask file is being written is held by {@link
 * org.vfioap.host.MaskWriteInProgressTest}.
 */
@DisplayName("Example, step 4: In order to successfully assign ...")
class AssignRulesTest {
  private final Admin admin =
      Admin.boot(Machines.cards(ApMask.of(4, 5), ApMask.of(1, 2, 3)).maxima(9, 6))
          .echo("-5", "bus/ap/apmask")
          .echo("-2,-3", "bus/ap/aqmask");
  private final Mdev mdev = admin.create(Admin.UUID1);
  private final Mdev other = admin.create(Admin.UUID2);

  @Nested
  @DisplayName("... an adapter")
  class AnAdapter {
    @Test
    @DisplayName("The adapter number is from 0 up to the maximum configured for the system")
    void allowsZeroAndTheMaximum() {
      assertThat(mdev.assignAdapters(0, 9)).hasMatrix("00.", "09.");
    }

    @Test
    @DisplayName("An adapter number higher than the maximum terminates with ENODEV")
    void refusesAdapterAboveMaximum() {
      assertRefused(Errno.ENODEV, () -> mdev.assignAdapters(10));

      assertThat(mdev).hasMatrix();
    }

    @Test
    @DisplayName("If even one APQN is reserved for the host: EADDRNOTAVAIL")
    void refusesAdapterReservedForHost() {
      mdev.assignDomains(1, 2);

      assertRefused(Errno.EADDRNOTAVAIL, () -> mdev.assignAdapters(4));

      assertThat(mdev).hasMatrix(".0001", ".0002");
    }

    @Test
    @DisplayName("If even one APQN is assigned to another mdev: EBUSY")
    void refusesAdapterOfAnotherMdev() {
      other.assignAdapters(5).assignDomains(3);
      mdev.assignDomains(2, 3);

      assertRefused(Errno.EBUSY, () -> mdev.assignAdapters(5));

      assertThat(mdev).hasMatrix(".0002", ".0003");
    }

    @Test
    @DisplayName("With no domains there is no APQN that could be refused")
    void allowsAnyAdapterWithoutDomains() {
      other.assignAdapters(5).assignDomains(3);

      assertThat(mdev.assignAdapters(4, 5)).hasMatrix("04.", "05.");
    }
  }

  @Nested
  @DisplayName("... a domain")
  class ADomain {
    @Test
    @DisplayName("The domain number is from 0 up to the maximum configured for the system")
    void allowsZeroAndTheMaximum() {
      assertThat(mdev.assignDomains(0, 6)).hasMatrix(".0000", ".0006");
    }

    @Test
    @DisplayName("A domain number higher than the maximum terminates with ENODEV")
    void refusesDomainAboveMaximum() {
      assertRefused(Errno.ENODEV, () -> mdev.assignDomains(7));

      assertThat(mdev).hasMatrix();
    }

    @Test
    @DisplayName("If even one APQN is reserved for the host: EADDRNOTAVAIL")
    void refusesDomainReservedForHost() {
      mdev.assignAdapters(4, 5);

      assertRefused(Errno.EADDRNOTAVAIL, () -> mdev.assignDomains(1));

      assertThat(mdev).hasMatrix("04.", "05.");
    }

    @Test
    @DisplayName("If even one APQN is assigned to another mdev: EBUSY")
    void refusesDomainOfAnotherMdev() {
      other.assignAdapters(5).assignDomains(3);
      mdev.assignAdapters(5);

      assertRefused(Errno.EBUSY, () -> mdev.assignDomains(3));

      assertThat(mdev).hasMatrix("05.");
    }
  }

  @Nested
  @DisplayName("... a control domain")
  class AControlDomain {
    @Test
    @DisplayName("The domain number is from 0 up to the maximum configured for the system")
    void allowsZeroAndTheMaximum() {
      assertThat(mdev.assignControlDomains(0, 6)).hasControlDomains("0000", "0006");
    }

    @Test
    @DisplayName("A control domain number higher than the maximum terminates with ENODEV")
    void refusesControlDomainAboveMaximum() {
      assertRefused(Errno.ENODEV, () -> mdev.assignControlDomains(7));

      assertThat(mdev).hasControlDomains();
    }

    @Test
    @DisplayName("Only control domains of the host's AP configuration reach the guest")
    void plugsOnlyControlDomainsOfTheHost() {
      mdev.assignControlDomains(3, 6);

      assertThat(mdev.start("guest")).controls("0003");
    }
  }
}
