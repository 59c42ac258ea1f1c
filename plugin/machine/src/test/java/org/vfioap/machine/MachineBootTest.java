package org.vfioap.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree;

/**
 * Machines become hosts.
 *
 * <pre>
 * preset document   0004  0047  00ab  00ff
 *   05 CEX5 cca      ·     ·     ·     ·
 *   06 CEX5 accel    ·     ·     ·     ·
 * </pre>
 */
final class MachineBootTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String DEVICES = "/sys/bus/ap/devices/";

  private static final String PASSED =
      """
      adapters:
        5: {type: CEX5, mode: cca}
        6: {type: CEX5, mode: accel}
      domains: [4, 0x47]
      boot: {apmask: -5, aqmask: "-4,-0x47"}
      """;

  private static Machine machine(String yaml) {
    return Machine.parse(yaml, "host.yaml");
  }

  @Test
  void bootsHostOfTheDocument() {
    ApHost host = Machine.preset("document").boot();

    assertThat(host.profile()).isEqualTo(KernelProfile.DOCUMENTED);
    assertThat(host.sysfs().list("/sys/bus/ap/devices"))
        .containsExactly(
            "05.0004", "05.0047", "05.00ab", "05.00ff", "06.0004", "06.0047", "06.00ab", "06.00ff",
            "card05", "card06");
    assertThat(host.sysfs().read(DEVICES + "card05/type")).isEqualTo("CEX5C\n");
    assertThat(host.sysfs().read(DEVICES + "card06/type")).isEqualTo("CEX5A\n");
    assertThat(host.configuration().orElseThrow().controlDomains())
        .isEqualTo(ApMask.of(4, 0x47, 0xab, 0xff));
    assertThat(host.masks()).containsExactly(ApMask.ALL, ApMask.ALL);
    assertThat(host.mdevs()).isEmpty();
  }

  @Test
  void bootsEmptyMachineWithBus() {
    ApHost host = Machine.preset("empty").boot();

    assertThat(host.sysfs().list("/sys/bus/ap/devices")).isEmpty();
    assertThat(host.sysfs().exists("/sys/devices/vfio_ap/matrix")).isTrue();
  }

  @Test
  void bootsZ14WithTwoGenerationsInAllModes() {
    ApHost host = Machine.preset("z14").boot();

    assertThat(host.sysfs().list("/sys/devices/ap").stream().filter(n -> n.startsWith("card")))
        .extracting(card -> host.sysfs().read(DEVICES + card + "/type").strip())
        .containsExactly("CEX6C", "CEX6P", "CEX6A", "CEX5C", "CEX5P", "CEX5A");
    assertThat(host.sysfs().read("/sys/bus/ap/ap_max_domain_id")).isEqualTo("255\n");
  }

  @Test
  void bootsZ16WithAdapterThatCanArrive() {
    ApHost host = Machine.preset("z16").boot();
    assertThat(host.sysfs().exists(DEVICES + "card05")).isFalse();

    host.change(hardware -> hardware.adapters(ApMask.range(0, 5)));

    assertThat(host.sysfs().read(DEVICES + "card05/type")).isEqualTo("CEX8P\n");
  }

  @Test
  void eachBootHasItsOwnHardware() {
    Machine machine = Machine.preset("document");
    machine.boot().change(hardware -> hardware.adapters(ApMask.NONE));

    assertThat(machine.boot().sysfs().exists(DEVICES + "card05")).isTrue();
  }

  @Test
  void appliesStatesOfAdaptersAndQueues() {
    ApHost host =
        machine(
                """
                adapters:
                  5: {type: CEX5, configured: false}
                  6: {type: CEX5, checkstopped: true}
                  7: {type: CEX5}
                domains: [4, 5]
                queues: {07.0004: absent}
                """)
            .boot();

    assertThat(host.sysfs().read(DEVICES + "card05/config")).isEqualTo("0\n");
    assertThat(host.sysfs().read(DEVICES + "card06/chkstop")).isEqualTo("1\n");
    assertThat(host.sysfs().exists(DEVICES + "07.0004")).isFalse();
    assertThat(host.sysfs().exists(DEVICES + "07.0005")).isTrue();
  }

  @Test
  void appliesWhatCoprocessorsAnswerAndFaults() {
    SysfsTree sysfs =
        machine(
                """
                adapters: {5: {type: CEX8, mode: cca, serialnr: 93AABFET}}
                domains: [4, 5]
                queues: {05.0004: {mkvps: {aes cur: VALID 0x0123456789ABCDEF}}}
                faults: {05.0005: {mkvps: EIO once}}
                """)
            .boot()
            .sysfs();

    assertThat(sysfs.read(DEVICES + "card05/serialnr")).isEqualTo("93AABFET\n");
    assertThat(sysfs.read(DEVICES + "05.0004/mkvps"))
        .contains("AES CUR: valid 0x0123456789abcdef\nAES OLD: invalid 0x0000000000000000\n");
    assertThatExceptionOfType(KernelRefusal.class)
        .isThrownBy(() -> sysfs.read(DEVICES + "05.0005/mkvps"))
        .extracting(KernelRefusal::errno)
        .isEqualTo(Errno.EIO);
    assertThat(sysfs.read(DEVICES + "05.0005/mkvps")).startsWith("AES NEW: - -\n");
  }

  @Test
  void writesThenCreatesMdevsThenStartsGuests() {
    ApHost host =
        machine(
                """
                profile: linux-6.1
                adapters: {5: {type: CEX8}}
                domains: [4]
                writes: [/sys/bus/ap/apmask: "-5"]
                mdevs: [{uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: 5, domains: 4}]
                guests: [{name: vm1, mdev: 62177883-F1BB-47F0-914D-32A22E3A8804}]
                """)
            .boot();

    assertThat(host.mdevs()).extracting(MdevState::guest).containsExactly(Optional.of("vm1"));
    assertThat(host.sysfs().read(DEVICES + "05.0004/status")).isEqualTo("in use\n");
  }

  @Test
  void saysWhichWriteIsRefused() {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(machine("writes:\n  - /sys/bus/ap/config_time: 1")::boot)
        .withMessageStartingWith("host.yaml:2:5: 'echo 1 > /sys/bus/ap/config_time' got EINVAL");
  }

  @Test
  void appliesBootMasks() {
    ApHost host = machine("boot: {apmask: +5-6, aqmask: 0x8}").boot();

    assertThat(host.masks()).containsExactly(ApMask.of(5, 6), ApMask.of(0));
  }

  @Test
  void createsMdevsInTheirOrder() {
    ApHost host =
        machine(
                PASSED
                    + """
                    mdevs:
                      - uuid: 62177883-F1BB-47F0-914D-32A22E3A8804
                        adapters: [5]
                        domains: [4, 0x47]
                        control-domains: [4]
                      - uuid: 00000000-0000-0000-0000-000000000001
                    """)
            .boot();

    assertThat(host.mdevs())
        .extracting(MdevState::uuid)
        .containsExactly(UUID, "00000000-0000-0000-0000-000000000001");
    assertThat(host.mdevs().get(0).assigned())
        .isEqualTo(new ApMatrix(ApMask.of(5), ApMask.of(4, 0x47), ApMask.of(4)));
    assertThat(host.sysfs().read("/sys/devices/vfio_ap/matrix/" + UUID + "/guest_matrix"))
        .isEqualTo("05.0004\n05.0047\n");
  }

  @Test
  void saysWhichMdevTheKernelRefuses() {
    String reserved = "adapters: {5: {type: CEX5}}\ndomains: [4]\nmdevs:\n";
    SysfsTree sysfs = machine(reserved + "  - {uuid: " + UUID + ", adapters: [5]}").boot().sysfs();
    KernelRefusal refusal =
        catchThrowableOfType(
            KernelRefusal.class,
            () -> sysfs.write("/sys/devices/vfio_ap/matrix/" + UUID + "/assign_domain", "4\n"));
    Machine machine = machine(reserved + "  - {uuid: " + UUID + ", adapters: [5], domains: [4]}");

    assertThat(refusal.errno()).isEqualTo(Errno.EADDRNOTAVAIL);
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(machine::boot)
        .withMessage(
            "host.yaml:4:5: mdev %s: 'echo 4 > assign_domain' got %s; allowed:"
                + " adapters and domains that apmask or aqmask of boot leave to vfio_ap",
            UUID, refusal.getMessage());
  }

  @Test
  void refusedMdevFailsEachBootAnew() {
    Machine machine = machine("mdevs: [{uuid: " + UUID + ", domains: 4, adapters: 5}]");

    assertThatExceptionOfType(MachineFileException.class).isThrownBy(machine::boot);
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(machine.withProfile(KernelProfile.LINUX_6_1)::boot);
  }

  @Test
  void bootsWithAnotherProfile() {
    Machine machine = Machine.preset("z16").withProfile(KernelProfile.LINUX_6_12);

    assertThat(machine.profile()).isEqualTo(KernelProfile.LINUX_6_12);
    assertThat(machine.boot().sysfs().read("/sys/bus/ap/features")).isEqualTo("APSC APXA QACT\n");
  }

  @Test
  void bootsWithAnotherScanPolicy() {
    Machine machine = Machine.preset("document").withScanPolicy(ScanPolicy.STEPPED);
    ApHost host = machine.boot();

    host.change(hardware -> hardware.adapters(ApMask.NONE));

    assertThat(machine.scanPolicy()).isEqualTo(ScanPolicy.STEPPED);
    assertThat(host.sysfs().exists(DEVICES + "card05")).isTrue();
    host.scan();
    assertThat(host.sysfs().exists(DEVICES + "card05")).isFalse();
  }

  @Test
  void bootsWithAnotherClock() {
    Instant[] now = {Instant.EPOCH};
    ApHost host = Machine.preset("document").withScanPolicy(ScanPolicy.TIMED).boot(() -> now[0]);
    host.change(hardware -> hardware.adapters(ApMask.NONE));
    assertThat(host.sysfs().exists(DEVICES + "card05")).isTrue();

    now[0] = now[0].plusSeconds(30);

    assertThat(host.sysfs().exists(DEVICES + "card05")).isFalse();
  }
}
