package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;
import org.vfioap.ap.QueueState;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * Rows of the table of kernels that are about single files: each test says since which kernel, and
 * which file of Linux has the rule.
 *
 * <pre>
 *              domain 1   domain 2
 *   adapter 5   05.0001    05.0002
 * </pre>
 */
class KernelRowsTest {
  private static final String CARD = "devices/ap/card05/";
  private static final String QUEUE = CARD + "05.0001/";

  private static ApHardware hardware() {
    return Machines.cards(ApMask.of(5), ApMask.of(1, 2));
  }

  private static Admin boot(KernelProfile profile) {
    return Admin.boot(hardware(), profile);
  }

  private static boolean since(KernelProfile first, KernelProfile profile) {
    return profile.compareTo(first) >= 0;
  }

  private static String refusal(Runnable action) {
    try {
      action.run();
      return "done";
    } catch (org.vfioap.kernel.KernelRefusal refusal) {
      return refusal.errno().name();
    }
  }

  /** ap_bus.c, ap_get_compatible_type: "CEX4 is not supported" below. */
  @ParameterizedTest
  @EnumSource
  void hasDevicesOfCex3Until61(KernelProfile profile) {
    ApHardware old =
        hardware().adapter(AdapterId.of(5), Adapter.of(AdapterType.CEX3C, AdapterMode.CCA));
    Admin admin = Admin.boot(old, profile);

    assertThat(admin.host().sysfs().exists("/sys/" + QUEUE))
        .isEqualTo(!since(KernelProfile.LINUX_6_8, profile));
    assertThat(admin.host().sysfs().exists("/sys/bus/ap/drivers/cex2card"))
        .isEqualTo(!since(KernelProfile.LINUX_6_8, profile));
  }

  /** ap_card.c, depth_show. */
  @ParameterizedTest
  @EnumSource
  void showsTheDepthOfQueues(KernelProfile profile) {
    assertThat(boot(profile))
        .shows(CARD + "depth", since(KernelProfile.LINUX_6_8, profile) ? "8" : "7");
  }

  /** ap_bus.c, features_show. */
  @ParameterizedTest
  @EnumSource(
      names = {"DOCUMENTED", "LINUX_6_1"},
      mode = EnumSource.Mode.EXCLUDE)
  void tellsWhatTheConfigurationQueryTells(KernelProfile profile) {
    ApHardware all = hardware().facilities(EnumSet.allOf(Facility.class));
    ApHardware none = hardware().facilities(EnumSet.of(Facility.QCI, Facility.APFT));

    assertThat(Admin.boot(all, profile)).shows("bus/ap/features", "APSC APXA QACT RC8A APSB");
    assertThat(Admin.boot(none, profile).cat("bus/ap/features"))
        .isEqualTo(since(KernelProfile.LINUX_6_12, profile) ? "-\n" : "");
  }

  /** ap_bus.c, ap_get_configuration: a query that reports no facility is none. */
  @ParameterizedTest
  @EnumSource
  void needsAFacilityInTheConfigurationQuery(KernelProfile profile) {
    Admin admin =
        Admin.boot(hardware().facilities(EnumSet.of(Facility.QCI, Facility.APFT)), profile);

    boolean ignored = since(KernelProfile.LINUX_6_12, profile);
    assertThat(admin.cat("bus/ap/ap_adapter_mask").equals("not supported\n")).isEqualTo(ignored);
    assertThat(admin).bindsTo("cex4queue", "05.0001", "05.0002");
  }

  /** ap_queue.c, ap_functions_show: asks the hardware, and a queue that has gone tells nothing. */
  @ParameterizedTest
  @EnumSource(
      names = {"DOCUMENTED", "LINUX_6_1"},
      mode = EnumSource.Mode.EXCLUDE)
  void asksTheHardwareForFunctions(KernelProfile profile) {
    ApHardware hardware = hardware();
    Admin admin =
        Admin.of(
            ApHost.builder()
                .hardware(hardware)
                .profile(profile)
                .scanPolicy(ScanPolicy.STEPPED)
                .boot());
    assertThat(admin).shows(QUEUE + "ap_functions", "0x92800000");

    Machines.with(hardware, "05.0001", QueueState.ABSENT);

    assertThat(admin).shows(QUEUE + "ap_functions", "0x00000000");
  }

  /** ap_queue.c, interrupt_show: a queue that left cex4queue was zeroised. */
  @ParameterizedTest
  @EnumSource
  void asksTheHardwareForInterrupts(KernelProfile profile) {
    Admin admin = boot(profile);
    assertThat(admin).shows(QUEUE + "interrupt", "Interrupts enabled.");

    admin.echo("05.0001", "bus/ap/drivers/cex4queue/unbind");

    boolean asks = since(KernelProfile.LINUX_6_8, profile);
    assertThat(admin)
        .shows(QUEUE + "interrupt", asks ? "Interrupts disabled." : "Interrupts enabled.");
  }

  /** ap_bus.c, ap_scan_domains: the bus sets a queue up, also one of vfio_ap. */
  @ParameterizedTest
  @EnumSource
  void setsQueuesUpAtTheScanThatFindsThem(KernelProfile profile) {
    Admin admin = Admin.bootAllPassed(hardware(), profile);

    admin.change(hardware -> hardware.domains(ApMask.of(1, 2, 3)));

    boolean early = since(KernelProfile.LINUX_6_8, profile);
    assertThat(admin).shows(CARD + "05.0003/request_count", early ? "0" : "-");
  }

  /** zcrypt_queue.c, online_show and online_store. */
  @ParameterizedTest
  @EnumSource
  void takesCheckstoppedQueuesForOffline(KernelProfile profile) {
    Admin admin = boot(profile);
    admin.change(hardware -> Machines.with(hardware, "05.0001", QueueState.CHECKSTOPPED));

    boolean offline = since(KernelProfile.LINUX_6_8, profile);
    assertThat(admin).shows(QUEUE + "online", offline ? "0" : "1");
    assertThat(refusal(() -> admin.echo("1", QUEUE + "online")))
        .isEqualTo(offline ? "ENODEV" : "done");
  }

  /** ap_bus.c, poll_thread_store and poll_timeout_store; lib/kstrtox.c, kstrtobool. */
  @ParameterizedTest
  @EnumSource
  void readsPollSettingsAsTheKernelDoes(KernelProfile profile) {
    Admin admin = boot(profile);
    boolean strict = since(KernelProfile.LINUX_6_8, profile);

    assertThat(refusal(() -> admin.echo("on", "bus/ap/poll_thread")))
        .isEqualTo(strict ? "done" : "EINVAL");
    assertThat(refusal(() -> admin.echo("2", "bus/ap/poll_thread")))
        .isEqualTo(strict ? "EINVAL" : "done");
    assertThat(refusal(() -> admin.echo("enable", "bus/ap/poll_thread")))
        .isEqualTo(since(KernelProfile.LINUX_7_2, profile) ? "done" : "EINVAL");
    assertThat(refusal(() -> admin.echo("0", "bus/ap/poll_timeout")))
        .isEqualTo(strict ? "done" : "EINVAL");
    assertThat(refusal(() -> admin.echo(" 5", "bus/ap/poll_timeout")))
        .isEqualTo(strict ? "EINVAL" : "done");
  }

  /** ap_bus.c, ap_check_bindings_complete: once after a mask write, at the next scan. */
  @ParameterizedTest
  @EnumSource
  void announcesCompleteBindings(KernelProfile profile) {
    Admin admin = boot(profile);
    boolean rearms = since(KernelProfile.LINUX_6_8, profile);

    List<String> atOnce = complete(admin, () -> admin.echo("-5", "bus/ap/apmask"));
    List<String> atScan = complete(admin, () -> admin.echo("1", "bus/ap/scans"));

    assertThat(atOnce).hasSize(rearms ? 0 : 2); // with each of the two queues
    assertThat(atScan).hasSize(rearms ? 1 : 0);
  }

  private static List<String> complete(Admin admin, Runnable action) {
    return admin.ueventsOf(action).stream()
        .flatMap(event -> event.properties().stream())
        .filter(property -> property.equals("BINDINGS=complete"))
        .toList();
  }

  /** ap_bus.c, bindings_complete_count_show. */
  @ParameterizedTest
  @EnumSource
  void countsCompleteBindingsSince619(KernelProfile profile) {
    Admin admin = boot(profile);

    boolean there = since(KernelProfile.LINUX_6_19, profile);
    assertThat(admin.host().sysfs().exists("/sys/bus/ap/bindings_complete_count")).isEqualTo(there);
    if (there) {
      int before = Integer.parseInt(admin.cat("bus/ap/bindings_complete_count").strip());
      admin.echo("-5", "bus/ap/apmask").echo("1", "bus/ap/scans");
      assertThat(admin).shows("bus/ap/bindings_complete_count", String.valueOf(before + 1));
    }
  }

  /** vfio_ap_drv.c, features_show. */
  @ParameterizedTest
  @EnumSource
  void namesTheFeaturesOfVfioApSince612(KernelProfile profile) {
    Admin admin = boot(profile);

    if (since(KernelProfile.LINUX_6_12, profile)) {
      assertThat(admin).shows("devices/vfio_ap/matrix/features", "guest_matrix hotplug ap_config");
    } else {
      assertThat(admin).hasNo("devices/vfio_ap/matrix/features");
    }
  }

  /** lib/kstrtox.c: numbers beyond 64 bits in a relative mask wrap around, until 7.2. */
  @ParameterizedTest
  @EnumSource
  void wrapsNumbersInMasksUntil72(KernelProfile profile) {
    Admin admin = boot(profile);

    assertThat(refusal(() -> admin.echo("-18446744073709551616", "bus/ap/apmask")))
        .isEqualTo(since(KernelProfile.LINUX_7_2, profile) ? "EINVAL" : "done");
  }

  /** vfio_ap_ops.c, vfio_ap_mdev_matrix_show: 4,095 bytes in any case, by itself since 7.2. */
  @ParameterizedTest
  @EnumSource
  void endsALongMatrixAtAPage(KernelProfile profile) {
    ApHardware wide = Machines.cards(ApMask.range(0, 31), ApMask.range(0, 31));
    Admin admin = Admin.bootAllPassed(wide, profile);
    Mdev mdev = admin.create(Admin.UUID1);
    for (int i = 0; i < 32; i++) {
      mdev.assignAdapters(i).assignDomains(i);
    }

    int produced =
        admin
            .host()
            .sysfs()
            .open(mdev.path("matrix"), org.vfioap.sysfs.SysfsTree.Access.READ)
            .read()
            .produced();

    assertThat(produced).isEqualTo(since(KernelProfile.LINUX_7_2, profile) ? 4095 : 8192);
    assertThat(mdev.cat("matrix")).hasSize(4095);
  }

  /** ap_bus.c, __verify_card_reservations: all numbers of the other mask count since 6.19. */
  @ParameterizedTest
  @EnumSource
  void checksMasksAgainstAllNumbersOfTheOtherSince619(KernelProfile profile) {
    Admin admin = boot(profile).echo("-5", "bus/ap/apmask").echo("-1", "bus/ap/aqmask");
    admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1);

    if (since(KernelProfile.LINUX_6_19, profile)) {
      assertRefused(Errno.EBUSY, () -> admin.echo("+5", "bus/ap/apmask"));
    } else {
      admin.echo("+5", "bus/ap/apmask");
      assertThat(admin).reserves("0-255", "0,2-255");
    }
  }
}
