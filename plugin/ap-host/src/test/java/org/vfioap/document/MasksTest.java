package org.vfioap.document;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.host.ApHost;
import org.vfioap.host.BootParameters;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * The masks that divide the APQNs between the host and vfio_ap.
 *
 * <pre>
 *            domain  0        1        2 ...       apmask  aqmask
 *   adapter 0     00.0000  00.0001  00.0002       bit set in both: default drivers
 *   adapter 1     01.0000  01.0001  01.0002       else:            vfio_ap
 *   ...
 *   adapter 7     07.0000  07.0001  07.0002
 * </pre>
 */
@DisplayName("Example, step 2: Secure the AP queues to be used by the three guests")
class MasksTest {
  private static final ApHardware EIGHT_BY_THREE =
      Machines.cards(ApMask.range(0, 7), ApMask.range(0, 2));

  private final Admin admin = Admin.boot(EIGHT_BY_THREE);

  @Test
  @DisplayName("By default all APQNs are reserved for the default drivers")
  void reservesEverythingByDefault() {
    assertThat(admin).reserves("0-255", "0-255").bindsTo("vfio_ap");
  }

  @Test
  @DisplayName("apmask 0x7d00..., aqmask 0x8000...: (1,0), (2,0), (3,0), (4,0), (5,0) and (7,0)")
  void dividesByTheProductOfBothMasks() {
    admin.echo("0x7d" + "0".repeat(62), "bus/ap/apmask");

    admin.echo("0x8" + "0".repeat(63), "bus/ap/aqmask");

    assertThat(admin)
        .reserves("1-5,7", "0")
        .bindsTo("cex4queue", "01.0000", "02.0000", "03.0000", "04.0000", "05.0000", "07.0000");
  }

  @Test
  @DisplayName("All other APQNs are available for use by the non-default device drivers")
  void leavesTheRestToVfioAp() {
    admin.echo("0x7d" + "0".repeat(62), "bus/ap/apmask");

    admin.echo("0x8" + "0".repeat(63), "bus/ap/aqmask");

    assertThat(admin.ls("bus/ap/drivers/vfio_ap"))
        .contains("00.0000", "06.0000", "01.0001", "07.0002")
        .doesNotContain("01.0000", "07.0000");
  }

  @ParameterizedTest
  @DisplayName("Each bit in the mask, from left to right, corresponds to a number from 0-255")
  @CsvSource({"0, 8, 0", "0, 1, 3", "63, 1, 255"})
  void countsBitsFromLeftToRight(int zeros, String digit, String number) {
    admin.echo("0x" + "0".repeat(zeros) + digit, "bus/ap/apmask");
    admin.echo("0x" + "0".repeat(zeros) + digit, "bus/ap/aqmask");

    assertThat(admin).reserves(number, number);
  }

  @ParameterizedTest
  @DisplayName("A short absolute string is padded with zeros on the right")
  @CsvSource({
    "0x41, 0x4100000000000000000000000000000000000000000000000000000000000000",
    "0xffff, 0xffff000000000000000000000000000000000000000000000000000000000000"
  })
  void padsShortMasks(String written, String shown) {
    admin.echo(written, "bus/ap/apmask");

    assertThat(admin).shows("bus/ap/apmask", shown);
  }

  @Test
  @DisplayName("0x41 identifies device numbers 1 and 7 (01000001)")
  void readsFromLeftToRight() {
    admin.echo("0x41", "bus/ap/apmask");

    assertThat(admin).reserves("1,7", "0-255");
  }

  @Test
  @DisplayName("A string longer than the mask is terminated with an error (EINVAL)")
  void refusesMasksThatAreTooLong() {
    assertRefused(Errno.EINVAL, () -> admin.echo("0x" + "0".repeat(65), "bus/ap/apmask"));

    assertThat(admin).reserves("0-255", "0-255");
  }

  @ParameterizedTest
  @DisplayName("Individual bits: each number is prepended with a plus or a minus")
  @CsvSource({
    "+0, '0,13,255'",
    "-13, 255",
    "+0x41, '13,65,255'",
    "-0xff, 13",
    "'+0,-6,+0x47,-0xf0', '0,13,71,255'"
  })
  void switchesIndividualBits(String written, String expected) {
    admin.echo("+13,-0-12,-14-254", "bus/ap/apmask");

    admin.echo(written, "bus/ap/apmask");

    assertThat(admin).reserves(expected, "0-255");
  }

  @Test
  @DisplayName("+0,-6,+0x47,-0xf0 switches 0 and 71 on, 6 and 240 off; the others remain")
  void keepsBitsThatAreNotNamed() {
    admin.echo("0x0", "bus/ap/aqmask").echo("+6,+7,+240", "bus/ap/aqmask");

    admin.echo("+0,-6,+0x47,-0xf0", "bus/ap/aqmask");

    assertThat(admin).reserves("0-255", "0,7,71");
  }

  @Test
  @DisplayName("ap.apmask=0xffff ap.aqmask=0x40: adapters 0-15 with domain 1 for the host")
  void takesMasksFromTheKernelCommandLine() {
    ApHost host =
        ApHost.builder()
            .hardware(Machines.cards(ApMask.of(0, 15, 16), ApMask.range(0, 2)))
            .bootParameters(BootParameters.of("0xffff", "0x40"))
            .boot();

    assertThat(host)
        .shows("bus/ap/apmask", "0xffff" + "0".repeat(60))
        .shows("bus/ap/aqmask", "0x40" + "0".repeat(62))
        .reserves("0-15", "1")
        .bindsTo("cex4queue", "00.0001", "0f.0001");
  }

  @Test
  @DisplayName("Taking APQNs from mdevs fails with EBUSY; the log names each APQN and its mdev")
  void namesEveryQueueInUse() {
    admin.echo("-4,-5", "bus/ap/apmask");
    admin.create(Admin.UUID1).assignAdapters(5).assignDomains(0x54);
    admin.create(Admin.UUID2).assignAdapters(4).assignDomains(0x54);

    List<String> log =
        admin.logOf(() -> assertRefused(Errno.EBUSY, () -> admin.echo("+4,+5", "bus/ap/apmask")));

    assertThat(log)
        .containsExactlyInAnyOrder(
            "Userspace may not re-assign queue 05.0054 already assigned to "
                + "62177883-f1bb-47f0-914d-32a22e3a8804",
            "Userspace may not re-assign queue 04.0054 already assigned to "
                + "cef03c3c-903d-4ecc-9a83-40694cb8aee4");
  }
}
