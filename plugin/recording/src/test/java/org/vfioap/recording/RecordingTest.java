package org.vfioap.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;

/** Machines whose files were copied, and what is recorded of them. */
final class RecordingTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MACHINE =
      """
      profile: linux-6.12
      max-domain: 84
      adapters:
        4: {type: CEX7, mode: accel, functions: 0x6A000000}
        5: {type: CEX8, mode: cca, serialnr: "00000001"}
        6: {type: CEX8, mode: ep11, serialnr: 93AADH0300000000, api-ordinalnr: 6, fw-version: 8.30, op-modes: [BSI2011]}
        7: {type: CEX8, mode: accel, configured: false}
        8: {type: CEX8, mode: cca, checkstopped: true}
      domains: [4, 0x47]
      control-domains: [4, 0x48]
      queues:
        05.0047: {state: checkstopped}
        06.0047: absent
        04.0047: deconfigured
        05.0004: {mkvps: {AES NEW: partial, AES CUR: valid 0x0123456789abcdef, APKA OLD: "-"}}
        06.0004: {mkvps: {WK CUR: invalid}, op-modes: [FIPS2009]}
      boot: {apmask: +0-255}
      writes:
        - /sys/bus/ap/aqmask: "-0x47"
        - /sys/devices/ap/card06/06.0004/online: 0
        - /sys/devices/ap/card04/04.0004/driver/unbind: "04.0004"
      mdevs:
        - {uuid: cef03c3c-903d-4ecc-9a83-40694cb8aee4, control-domains: [3]}
        - {uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: [5, 200], domains: [0x47]}
        - {uuid: 02177883-f1bb-47f0-914d-32a22e3a8804, domains: [1-3]}
      """;

  @TempDir private Path folder;

  private Recording record(Machine machine) throws IOException {
    RecordedFolder.copySys(machine, folder.resolve("sys"));
    return Recording.of(folder);
  }

  private void assertBootsTheSame(Recording recording) throws IOException {
    RecordedFolder.copySys(Machine.parse(recording.yaml(), "recorded"), folder.resolve("again"));
    assertThat(RecordedFolder.files(folder.resolve("again")))
        .isEqualTo(RecordedFolder.files(folder.resolve("sys")));
  }

  @ParameterizedTest
  @MethodSource("org.vfioap.machine.Machine#presets")
  void presetBootsTheSameAgain(String preset) throws IOException {
    assertBootsTheSame(record(Machine.preset(preset)));
  }

  @ParameterizedTest
  @EnumSource
  void machineBootsTheSameAgain(KernelProfile profile) throws IOException {
    assertBootsTheSame(record(Machine.parse(MACHINE, "host.yaml").withProfile(profile)));
  }

  @ParameterizedTest
  @CsvSource({
    "'{qci: false}', 15",
    "'{apxa: false}', 15",
    "'{apft: false}', 84",
    "'{apqi: false}', 84"
  })
  void machineWithoutAFacilityBootsTheSameAgain(String facilities, int lastDomain)
      throws IOException {
    String machine =
        """
        profile: linux-6.1
        adapters: {5: {type: CEX5}, 6: {type: CEX3A}}
        domains: [4]
        """;

    assertBootsTheSame(record(Machine.parse(machine + "facilities: " + facilities, "host.yaml")));
    assertThat(lastDomain).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "6.1.0-28-s390x, linux-6.1",
    "5.14.0-570.el9.s390x, linux-6.1",
    "6.12.48+deb13-s390x, linux-6.12",
  })
  void choosesTheNewestProfileThatIsNotNewer(String release, String profile) throws IOException {
    RecordedFolder.write(folder.resolve("proc/sys/kernel/osrelease"), release + "\n");

    assertThat(record(Machine.preset("z16")).yaml())
        .startsWith("# Recorded from " + folder + ", Linux " + release + ".\n")
        .contains("profile: " + profile + "\n");
  }

  @Test
  void machineWithOverridesBootsTheSameAgain() throws IOException {
    String machine =
        """
        profile: linux-6.19
        adapters: {5: {type: CEX8}, 6: {type: CEX8, mode: ep11}}
        domains: [4, 0x47]
        writes:
          - /sys/devices/ap/card05/05.0004/driver_override: vfio_ap
          - /sys/devices/ap/card05/05.0004/driver/unbind: "05.0004"
          - /sys/bus/ap/drivers_probe: "05.0004"
          - /sys/devices/ap/card06/06.0004/driver_override: vfio_ap
        mdevs: [{uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: 5, domains: 4}]
        """;

    assertBootsTheSame(record(Machine.parse(machine, "host.yaml")));
  }

  private void writeGuest(String name, String uuid) throws IOException {
    RecordedFolder.write(
        folder.resolve("etc/libvirt/qemu/" + name + ".xml"),
        "<domain type='kvm'><name>"
            + name
            + "</name><devices><hostdev mode='subsystem' type='mdev' model='vfio-ap'><source>"
            + "<address uuid='"
            + uuid
            + "'/></source></hostdev></devices></domain>");
  }

  @Test
  void namesTheGuestThatUsesAnMdev() throws IOException {
    writeGuest("vm1", UUID);
    writeGuest("other", "72177883-f1bb-47f0-914d-32a22e3a8804");
    String machine =
        """
        adapters: {5: {type: CEX8}}
        domains: [4]
        boot: {apmask: -5}
        mdevs: [{uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: 5, domains: 4}]
        guests: [{name: whoever, mdev: 62177883-f1bb-47f0-914d-32a22e3a8804}]
        """;

    Recording recording = record(Machine.parse(machine, "host.yaml"));

    assertThat(recording.yaml())
        .contains("guests:\n  - name: \"vm1\"\n    mdev: " + UUID + "\n")
        .contains("\"/etc/libvirt/qemu/vm1.xml\": \"<domain type='kvm'>", "/qemu/other.xml\": ");
    assertThat(recording.notes()).isEmpty();
    assertBootsTheSame(recording);
  }

  @Test
  void keepsDefinitionsAndRules() throws IOException {
    RecordedFolder.write(folder.resolve("etc/mdevctl.d/matrix/" + UUID), "{\"start\":\"auto\"}\n");
    RecordedFolder.write(folder.resolve("etc/udev/rules.d/41-ap.rules"), "# tab\there \u00e9\n");

    Recording recording = record(Machine.preset("document"));

    assertThat(Machine.parse(recording.yaml(), "recorded").files())
        .containsEntry("/etc/mdevctl.d/matrix/" + UUID, "{\"start\":\"auto\"}\n")
        .containsEntry("/etc/udev/rules.d/41-ap.rules", "# tab\there \u00e9\n");
  }

  @Test
  void doesNotFollowLinksOutOfTheFolder(@TempDir Path elsewhere) throws IOException {
    Path secret = elsewhere.resolve("secret");
    Files.writeString(secret, "secret");
    Path definitions = folder.resolve("etc/mdevctl.d/matrix");
    Files.createDirectories(definitions);
    Files.createSymbolicLink(definitions.resolve(UUID), secret);

    assertThat(record(Machine.preset("document")).yaml()).doesNotContain("secret");
  }

  @Test
  void saysWhatIsAGuess() throws IOException {
    assertThat(record(Machine.parse("adapters: {5: {type: NEWER}}\ndomains: 4", "h")).notes())
        .containsExactly("adapter 5 has no card in /sys, so its type is a guess");
  }

  @Test
  void toleratesFilesThatAreNotThere() throws IOException {
    RecordedFolder.write(folder.resolve("sys/devices/ap/card05/05.0004/config"), "1\n");
    RecordedFolder.write(folder.resolve("sys/devices/ap/card05/raw_hwtype"), "junk\n");
    RecordedFolder.write(folder.resolve("sys/devices/vfio_ap/matrix/" + UUID + "/remove"), "");

    Recording recording = Recording.of(folder);

    assertThat(recording.yaml()).contains("  5: {type: CEX8, mode: cca", "- uuid: " + UUID);
    assertThat(recording.notes())
        .contains(
            "/sys/devices/vfio_ap/matrix/"
                + UUID
                + "/matrix could not be read, so nothing is assigned");
    assertThat(Machine.parse(recording.yaml(), "recorded").boot().mdevs()).hasSize(1);
  }

  @Test
  void refusesAFolderWithoutAnApBus() {
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> Recording.of(folder))
        .withMessageContainingAll(folder.toString(), "has no AP bus");
  }

  @Test
  void refusesAFolderWithTwoHosts() throws IOException {
    RecordedFolder.copySys(Machine.preset("empty"), folder.resolve("a/sys"));
    RecordedFolder.copySys(Machine.preset("empty"), folder.resolve("b/sys"));

    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> Recording.of(folder))
        .withMessageContaining("has several hosts: a/, b/");
  }
}
