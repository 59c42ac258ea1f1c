package org.vfioap.translation.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;
import org.vfioap.translation.files.HostFiles;

/**
 * Why a queue is or is not in a guest.
 *
 * <pre>
 *        4       0x47    0xab    0xff
 * 5      vfio_ap vfio_ap vfio_ap vfio_ap
 * 6      vfio_ap vfio_ap host    host
 * </pre>
 */
class ExplanationTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MDEV = "/sys/bus/mdev/devices/" + UUID;

  private final ApHost host = Machine.preset("document").boot();

  @BeforeEach
  void makesAnMdev() {
    host.sysfs().write("/sys/bus/ap/apmask", "-5\n");
    host.sysfs().write("/sys/bus/ap/aqmask", "-4,-0x47\n");
    host.sysfs()
        .write(
            "/sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create",
            UUID + "\n");
    host.sysfs().write(MDEV + "/assign_adapter", "5\n");
    host.sysfs().write(MDEV + "/assign_domain", "4\n");
  }

  private Explanation explain(String apqn, String... only) {
    return Explanation.of(
        HostFiles.of(host), Apqn.parse(apqn), List.of(only), uuid -> Optional.of("guest my-guest"));
  }

  @Test
  void saysThatAGuestHasIt() {
    Explanation explanation = explain("05.0004");

    assertThat(explanation.inGuest()).isTrue();
    assertThat(explanation.toText())
        .isEqualTo(
            """
            05.0004 is in guest my-guest, through mdev 62177883-f1bb-47f0-914d-32a22e3a8804

            host
              yes  the system has an AP bus  [/sys/bus/ap: exists]
              yes  adapter 05 is assigned to this system  [/sys/devices/ap/card05: CEX5C]
              yes  domain 0004 is a usage domain of this system  [/sys/bus/ap/ap_usage_domain_mask: bit 4 is 1]
              yes  the queue is there  [/sys/devices/ap/card05/05.0004: exists]
              yes  the masks leave it to vfio_ap  [/sys/bus/ap/apmask: bit 5 is 0, aqmask: bit 4 is 0]
              yes  vfio_ap has it  [/sys/devices/ap/card05/05.0004/driver: vfio_ap]

            mdev 62177883-f1bb-47f0-914d-32a22e3a8804  used by guest my-guest
              yes  adapter 05 is assigned  [/sys/bus/mdev/devices/62177883-f1bb-47f0-914d-32a22e3a8804/matrix: adapters 05]
              yes  domain 0004 is assigned  [/sys/bus/mdev/devices/62177883-f1bb-47f0-914d-32a22e3a8804/matrix: domains 0004]
              yes  a guest with this mdev has the queue  [/sys/bus/mdev/devices/62177883-f1bb-47f0-914d-32a22e3a8804/guest_matrix: 05.0004]
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "07.0004 | adapter 07 is not assigned to this system, or there is none",
        "05.0005 | domain 0005 is no usage domain of this system",
        "06.00ab | both masks reserve it for the host: echo -6 > /sys/bus/ap/apmask or echo -171 >"
            + " /sys/bus/ap/aqmask",
        "06.0004 | no mdev has both assigned"
      })
  void saysWhichRuleStopsIt(String apqn, String reason) {
    Explanation explanation = explain(apqn);

    assertThat(explanation.inGuest()).isFalse();
    assertThat(explanation.verdict()).isEqualTo(apqn + " is in no guest: " + reason);
  }

  @Test
  void saysWhatOneMdevLacks() {
    assertThat(explain("06.0004", UUID).verdict())
        .isEqualTo(
            "06.0004 is in no guest: in mdev "
                + UUID
                + " adapter 06 is not assigned: echo 0x06 > "
                + MDEV
                + "/assign_adapter");
    assertThat(explain("05.0004", "cef03c3c-903d-4ecc-9a83-40694cb8aee4").verdict())
        .isEqualTo("05.0004 is in no guest: there is no mdev cef03c3c-903d-4ecc-9a83-40694cb8aee4");
  }

  @Test
  void saysThatAnAdapterIsFilteredForOneOfItsQueues() {
    host.change(hardware -> hardware.queue(Apqn.of(5, 0x47), QueueState.ABSENT));
    host.sysfs().write(MDEV + "/assign_domain", "0x47\n");
    Explanation explanation = explain("05.0004");

    assertThat(explanation.inGuest()).isFalse();
    assertThat(explanation.verdict())
        .isEqualTo(
            "05.0004 is in no guest: in mdev "
                + UUID
                + " the adapter is filtered as a whole, because vfio_ap does not have all of its"
                + " queues in the assigned domains; it lacks 05.0047 (no such queue)");
  }

  @Test
  void saysThatADomainIsFiltered() {
    host.sysfs().write(MDEV + "/assign_domain", "0x60\n");

    assertThat(explain("05.0060", UUID).mdevs().get(0).findings())
        .last()
        .satisfies(finding -> assertThat(finding.rule()).contains("it is no usage domain"));
    assertThat(explain("05.0004").inGuest()).isTrue();
  }

  @Test
  void saysThatAQueueFailsAlthoughAGuestHasIt() {
    host.change(
        hardware ->
            hardware.adapter(Apqn.of(5, 4).adapter(), adapter -> adapter.withConfigured(false)));

    assertThat(explain("05.0004").toText()).contains("but the adapter is deconfigured");
  }

  @Test
  void saysThatThereIsNoBus(@TempDir Path empty) {
    Explanation explanation =
        Explanation.of(HostFiles.below(empty), Apqn.of(5, 4), List.of(), uuid -> Optional.empty());

    assertThat(explanation.verdict()).contains("the system has no AP bus");
  }

  @Test
  void findsTheDomainThatUsesAnMdev(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("run/libvirt/qemu"));
    Files.writeString(
        root.resolve("run/libvirt/qemu/my-guest.xml"),
        "<domstatus><domain type='kvm'><name>my-guest</name><devices><hostdev mode='subsystem'"
            + " type='mdev' model='vfio-ap'><source><address uuid='"
            + UUID
            + "'/></source></hostdev></devices></domain></domstatus>");
    MdevUsers users = MdevUsers.of(HostFiles.below(root));

    assertThat(users.name(UUID)).contains("guest my-guest");
    assertThat(users.mdevsOf("my-guest")).containsExactly(UUID);
    assertThat(users.mdevsOf("other")).isEmpty();
    assertThat(users.name("cef03c3c-903d-4ecc-9a83-40694cb8aee4")).isEmpty();
  }
}
