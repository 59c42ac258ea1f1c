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

  /** vfio_ap_ops.c, vfio_ap_mdev_verify_no_sharing. */
  @ParameterizedTest
  @EnumSource
  void refusesQueueOfAnotherMdev(KernelProfile profile) {
    Admin admin = boot(profile.toString());
    older(admin);
    Mdev newest = newest(admin).assignDomains(2);

    Errno errno = profile == KernelProfile.DOCUMENTED ? Errno.EBUSY : Errno.EADDRINUSE;
    assertRefused(errno, () -> newest.assignAdapters(5));

    assertThat(newest).as(SHARED).hasMatrix("07.0002", "07.0003");
  }

  /** vfio_ap_ops.c, MDEV_SHARING_ERR. */
  @ParameterizedTest
  @EnumSource
  void logsQueueOfAnotherMdev(KernelProfile profile) {
    Admin admin = boot(profile.toString());
    older(admin);
    Mdev newest = newest(admin).assignDomains(2);
    Errno errno = profile.get(KernelRules.SHARED_APQN);

    List<String> log = admin.logOf(() -> assertRefused(errno, () -> newest.assignAdapters(5)));

    String documented =
        "Userspace may not re-assign queue 05.0002 already assigned to " + Admin.UUID1;
    String linux =
        "vfio_ap_mdev "
            + Admin.UUID2
            + ": Userspace may not assign queue 05.0002 to mdev: already assigned to "
            + Admin.UUID1;
    assertThat(log).containsExactly(profile == KernelProfile.DOCUMENTED ? documented : linux);
  }

  /** ap_bus.c, apmask_commit. */
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

  /** ap_bus.c features_show, ap_queue.c ap_functions_show, vfio_ap_ops.c ap_config_store. */
  @ParameterizedTest
  @EnumSource
  void hasFeaturesAndApConfigFromTheKernelsThatAddThem(KernelProfile profile) {
    Admin admin = boot(profile.toString());
    Mdev mdev = older(admin);
    boolean since68 = profile.compareTo(KernelProfile.LINUX_6_8) >= 0;
    boolean since612 = profile.compareTo(KernelProfile.LINUX_6_12) >= 0;

    assertThat(admin.host().sysfs().exists("/sys/bus/ap/features")).isEqualTo(since68);
    assertThat(admin.host().sysfs().exists("/sys/devices/ap/card05/05.0001/ap_functions"))
        .isEqualTo(since68);
    assertThat(admin.host().sysfs().exists(mdev.path("ap_config"))).isEqualTo(since612);
  }

  /** vfio_main.c, vfio_device_add. */
  @ParameterizedTest
  @EnumSource
  void hasVfioDevicesFromTheKernelThatAddsThem(KernelProfile profile) {
    Admin admin = boot(profile.toString());
    Mdev mdev = older(admin);
    boolean linux = profile != KernelProfile.DOCUMENTED;

    assertThat(admin.host().sysfs().exists(mdev.path("vfio-dev/vfio0"))).isEqualTo(linux);
    assertThat(admin.host().sysfs().exists("/sys/class/vfio-dev")).isEqualTo(linux);
  }

  @ParameterizedTest
  @EnumSource
  void findsEveryProfileByItsName(KernelProfile profile) {
    assertThat(KernelProfile.parse(profile.toString())).isEqualTo(profile);
    assertThat(KernelProfile.labels()).contains(profile.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "debian-12, LINUX_6_1",
    "ubuntu-24.04, LINUX_6_8",
    "debian-13, LINUX_6_12",
    "rhel-10, LINUX_6_12",
    "sles-16, LINUX_6_12",
    "ubuntu-26.04, LINUX_6_19"
  })
  void findsTheKernelOfADistribution(String name, KernelProfile profile) {
    assertThat(KernelProfile.parse(name)).isEqualTo(profile);
  }

  @ParameterizedTest
  @CsvSource({
    "5.14.0-570.el9.s390x, LINUX_6_1",
    "6.1.0-40-s390x, LINUX_6_1",
    "6.11.0, LINUX_6_8",
    "6.12.117-generic, LINUX_6_12",
    "6.18.9, LINUX_6_15",
    "7.0.0-14-generic, LINUX_6_19",
    "7.3.4, LINUX_7_2"
  })
  void findsTheKernelForARelease(String release, KernelProfile profile) {
    assertThat(KernelProfile.ofRelease(release)).contains(profile);
  }
}
