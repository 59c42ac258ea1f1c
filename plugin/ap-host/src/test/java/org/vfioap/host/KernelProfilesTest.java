package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * Where the document and the kernels part, one row of the table a test.
 *
 * <pre>
 *              domain 1   2   3
 *   adapter 5         M1  M1          M1: the older mdev
 *   adapter 6         M1  M1          M2: the newest mdev
 *   adapter 7                 M2
 * </pre>
 *
 * <p>The rows about waiting are in {@link MaskWriteInProgressTest} and {@link RemoveInUseTest},
 * {@code ap_config} in {@link ApConfigTest}.
 */
class KernelProfilesTest {
  private static final String SHARED = "assigned: 05.0001 and 05.0002 of the older mdev";

  private static Admin boot(String profile) {
    return Admin.bootAllPassed(
        Machines.cards(ApMask.of(5, 6, 7), ApMask.of(1, 2, 3)), KernelProfile.parse(profile));
  }

  private static Mdev older(Admin admin) {
    return admin.create(Admin.UUID1).assignAdapters(5, 6).assignDomains(1, 2);
  }

  private static Mdev newest(Admin admin) {
    return admin.create(Admin.UUID2).assignAdapters(7).assignDomains(3);
  }

  @ParameterizedTest
  @CsvSource({"documented, EBUSY", "linux-6.1, EADDRINUSE", "linux-6.12, EADDRINUSE"})
  void refusesQueueOfAnotherMdev(String profile, Errno errno) {
    Admin admin = boot(profile);
    older(admin);
    Mdev newest = newest(admin).assignDomains(2);

    assertRefused(errno, () -> newest.assignAdapters(5));

    assertThat(newest).as(SHARED).hasMatrix("07.0002", "07.0003");
  }

  @ParameterizedTest
  @CsvSource({
    "documented, 'Userspace may not re-assign queue 05.0002 already assigned to {owner}'",
    "linux-6.1, 'vfio_ap_mdev {mdev}: Userspace may not assign queue 05.0002 to mdev:"
        + " already assigned to {owner}'",
    "linux-6.12, 'vfio_ap_mdev {mdev}: Userspace may not assign queue 05.0002 to mdev:"
        + " already assigned to {owner}'"
  })
  void logsQueueOfAnotherMdev(String profile, String line) {
    Admin admin = boot(profile);
    older(admin);
    Mdev newest = newest(admin).assignDomains(2);

    List<String> log =
        admin.logOf(
            () ->
                assertRefused(
                    admin.host().profile().get(KernelRules.SHARED_APQN),
                    () -> newest.assignAdapters(5)));

    assertThat(log)
        .containsExactly(line.replace("{mdev}", Admin.UUID2).replace("{owner}", Admin.UUID1));
  }

  @ParameterizedTest
  @EnumSource
  void refusesMaskThatTakesQueues(KernelProfile profile) {
    Admin admin = boot(profile.toString());
    older(admin);

    assertRefused(
        Errno.EBUSY, () -> admin.echo("0xff", "bus/ap/apmask").echo("+1", "bus/ap/aqmask"));

    String adapters = profile.has(KernelRules.IN_USE_WITH_ANY) ? "" : "0-7";
    assertThat(admin).reserves(adapters, "").bindsTo("cex4queue");
  }

  @ParameterizedTest
  @EnumSource
  void logsTheQueuesThatAMaskWouldTake(KernelProfile profile) {
    Admin admin = boot(profile.toString());
    older(admin);
    newest(admin);
    if (!profile.has(KernelRules.IN_USE_WITH_ANY)) {
      admin.echo("0xff", "bus/ap/apmask");
    }

    List<String> log =
        admin.logOf(() -> assertRefused(Errno.EBUSY, () -> admin.echo("+1,+3", "bus/ap/aqmask")));

    assertThat(log).containsExactlyElementsOf(expectedMaskLog(profile));
  }

  /** The newest mdev comes first; kernels stop there. */
  private static List<String> expectedMaskLog(KernelProfile profile) {
    if (profile == KernelProfile.DOCUMENTED) {
      return List.of(
          "Userspace may not re-assign queue 07.0003 already assigned to " + Admin.UUID2,
          "Userspace may not re-assign queue 05.0001 already assigned to " + Admin.UUID1,
          "Userspace may not re-assign queue 06.0001 already assigned to " + Admin.UUID1);
    }
    return List.of(
        "vfio_ap_mdev "
            + Admin.UUID2
            + ": Can not reserve queue 07.0003 for host driver: in use by mdev");
  }

  @ParameterizedTest
  @CsvSource({"documented, false", "linux-6.1, false", "linux-6.12, true"})
  void hasFeaturesAndApConfigFromTheKernelsThatAddThem(String profile, boolean present) {
    Admin admin = boot(profile);
    Mdev mdev = older(admin);

    assertThat(admin.host().sysfs().exists("/sys/bus/ap/features")).isEqualTo(present);
    assertThat(admin.host().sysfs().exists(mdev.path("ap_config"))).isEqualTo(present);
    assertThat(admin.host().sysfs().exists("/sys/devices/ap/card05/05.0001/ap_functions"))
        .isEqualTo(present);
  }

  @ParameterizedTest
  @CsvSource({"documented, false", "linux-6.1, true", "linux-6.12, true"})
  void hasVfioDevicesFromTheKernelThatAddsThem(String profile, boolean present) {
    Admin admin = boot(profile);
    Mdev mdev = older(admin);

    assertThat(admin.host().sysfs().exists(mdev.path("vfio-dev/vfio0"))).isEqualTo(present);
    assertThat(admin.host().sysfs().exists("/sys/class/vfio-dev")).isEqualTo(present);
  }

  @ParameterizedTest
  @EnumSource
  void findsEveryProfileByItsName(KernelProfile profile) {
    assertThat(KernelProfile.parse(profile.toString())).isEqualTo(profile);
    assertThat(KernelProfile.labels()).contains(profile.toString());
  }
}
