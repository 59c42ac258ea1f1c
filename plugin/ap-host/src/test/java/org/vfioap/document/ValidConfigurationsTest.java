package org.vfioap.document;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * Which guests may share adapters or domains.
 *
 * <pre>
 *              domain 5      6      7
 *   adapter 1      01.0005 01.0006 01.0007     one APQN, one guest;
 *   adapter 2      02.0005 02.0006 02.0007     adapters and domains may be shared
 *   adapter 3      03.0005 03.0006 03.0007
 *   adapter 4      04.0005 04.0006 04.0007
 * </pre>
 */
@DisplayName("AP Architectural Overview, AP matrix: valid and invalid configurations")
class ValidConfigurationsTest {
  private final Admin admin =
      Admin.bootAllPassed(Machines.cards(ApMask.range(1, 4), ApMask.range(5, 7)));
  private final Mdev guest1 = admin.create(Admin.UUID1).assignAdapters(1, 2).assignDomains(5, 6);
  private final Mdev guest2 = admin.create(Admin.UUID2);

  @Test
  @DisplayName("Example 1: adapters 1,2 with domains 5,6 and adapters 1,2 with domain 7 is valid")
  void allowsSharedAdaptersWithOtherDomains() {
    guest2.assignAdapters(1, 2).assignDomains(7);

    assertThat(guest1).hasGuestMatrix("01.0005", "01.0006", "02.0005", "02.0006");
    assertThat(guest2).hasGuestMatrix("01.0007", "02.0007");
  }

  @Test
  @DisplayName(
      "Example 2: adapters 1,2 with domains 5,6 and adapters 3,4 with domains 5,6 is valid")
  void allowsSharedDomainsWithOtherAdapters() {
    guest2.assignAdapters(3, 4).assignDomains(5, 6);

    assertThat(guest1).hasGuestMatrix("01.0005", "01.0006", "02.0005", "02.0006");
    assertThat(guest2).hasGuestMatrix("03.0005", "03.0006", "04.0005", "04.0006");
  }

  @Test
  @DisplayName("Example 3: adapters 1,2 with domains 5,6 and adapter 1 with domains 6,7 is invalid")
  void refusesSharedQueues() {
    guest2.assignAdapters(1);

    assertRefused(Errno.EBUSY, () -> guest2.assignDomains(6));

    assertThat(guest2.assignDomains(7)).hasMatrix("01.0007");
  }
}
