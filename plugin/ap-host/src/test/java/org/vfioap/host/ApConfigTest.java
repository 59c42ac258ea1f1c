package org.vfioap.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.mdev.Guest;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * {@code ap_config} of linux-6.12: a whole mdev in one write.
 *
 * <pre>
 *              domain 1       2       3         maxima: adapter 9, domain 6
 *   adapter 4      host
 *   adapter 5             mdev 1  mdev 1
 *   adapter 6             mdev 2
 * </pre>
 */
class ApConfigTest {
  private final Admin admin =
      Admin.boot(
              Machines.cards(ApMask.of(4, 5, 6), ApMask.of(1, 2, 3)).maxima(9, 6),
              KernelProfile.LINUX_6_12)
          .echo("0x08", "bus/ap/apmask")
          .echo("0x40", "bus/ap/aqmask");
  private final Mdev mdev =
      admin.create(Admin.UUID1).assignAdapters(5).assignDomains(2, 3).assignControlDomains(2);
  private final Mdev other = admin.create(Admin.UUID2).assignAdapters(6).assignDomains(2);

  private static String config(ApMask adapters, ApMask domains, ApMask controlDomains) {
    return adapters + "," + domains + "," + controlDomains;
  }

  @Test
  void showsThreeWholeMasks() {
    assertThat(mdev.cat("ap_config"))
        .isEqualTo(config(ApMask.of(5), ApMask.of(2, 3), ApMask.of(2)) + "\n");
  }

  @Test
  void takesWhatItShows() {
    String shown = mdev.cat("ap_config");
    mdev.remove();

    Mdev again = admin.create(Admin.UUID1).echo(shown.strip(), "ap_config");

    assertThat(again).hasGuestMatrix("05.0002", "05.0003").hasControlDomains("0002");
  }

  @Test
  void replacesTheWholeConfiguration() {
    mdev.echo(config(ApMask.of(4, 7), ApMask.of(2, 5), ApMask.of(3, 4)), "ap_config");

    assertThat(mdev)
        .hasMatrix("04.0002", "04.0005", "07.0002", "07.0005")
        .hasGuestMatrix("04.0002")
        .hasControlDomains("0003", "0004");
  }

  @Test
  void plugsAndUnplugsTheRunningGuest() {
    Guest guest = mdev.start("guest");

    mdev.echo(config(ApMask.of(4), ApMask.of(3), ApMask.of(3)), "ap_config");

    assertThat(guest).addresses("04.0003").controls("0003");
    assertThat(admin).hasStatus("unassigned", "05.0002").hasStatus("in use", "04.0003");
  }

  @Test
  void freesWhatItDrops() {
    mdev.echo("0x0,0x0,0x0", "ap_config");

    assertThat(mdev).hasMatrix().hasGuestMatrix().hasControlDomains();
    assertThat(other.assignAdapters(5)).hasMatrix("05.0002", "06.0002");
  }

  @Test
  void keepsItsOwnQueues() {
    mdev.echo(config(ApMask.of(5), ApMask.of(2, 3), ApMask.of(2)), "ap_config");

    assertThat(mdev).hasMatrix("05.0002", "05.0003");
    assertRefused(Errno.EADDRINUSE, () -> other.assignAdapters(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x04,0x2,0x", "04,2,", "x04,x2,x0", "0x04,0x20\n0x0", "0x04,0x2,0x0,junk"})
  void acceptsShortMasksAndEitherSeparator(String text) {
    mdev.echo(text, "ap_config");

    assertThat(mdev.state().assigned().adapters()).isEqualTo(ApMask.of(5));
    assertThat(mdev).hasMatrix("05.0002").hasControlDomains();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x04", "+5,+2,+2", "0x04,0xg,0x0", "0x04;0x20;0x0", " 0x04,0x2,0x0"})
  void refusesWhatIsNotThreeMasks(String text) {
    String before = mdev.cat("ap_config");

    assertRefused(Errno.EINVAL, () -> mdev.echo(text, "ap_config"));

    assertThat(mdev.cat("ap_config")).isEqualTo(before);
  }

  @Test
  void refusesTwoMasksWithoutNewline() {
    OpenFile file = admin.host().sysfs().open(mdev.path("ap_config"), Access.WRITE);

    assertRefused(Errno.EINVAL, () -> file.write("0x0,0x0".getBytes(US_ASCII)));
  }

  @Test
  void takesTheNewlineBehindTwoMasksForTheThird() {
    mdev.echo("0x04,0x20", "ap_config");

    assertThat(mdev).hasMatrix("05.0002").hasControlDomains();
  }

  @Test
  void refusesMasksThatAreTooLong() {
    assertRefused(Errno.EINVAL, () -> mdev.echo("0x" + "0".repeat(65) + ",0,0", "ap_config"));
  }

  @Test
  void looksAtNoMoreThanThreeWholeMasks() {
    String whole = config(ApMask.of(5), ApMask.of(3), ApMask.NONE);

    mdev.echo(whole + "\nwhatever comes behind them", "ap_config");

    assertThat(mdev).hasMatrix("05.0003");
  }

  @Test
  void checksTheTextBeforeTheReservation() {
    assertRefused(Errno.EINVAL, () -> mdev.echo("0x08,0x40,junk", "ap_config"));
  }

  @Test
  void checksTheReservationBeforeSharing() {
    String reservedAndShared = config(ApMask.of(4, 6), ApMask.of(1, 2), ApMask.NONE);

    assertRefused(Errno.EADDRNOTAVAIL, () -> mdev.echo(reservedAndShared, "ap_config"));

    assertThat(mdev).hasMatrix("05.0002", "05.0003").hasControlDomains("0002");
  }

  @Test
  void checksSharingBeforeTheMaximum() {
    String sharedAndTooHigh = config(ApMask.of(6, 10), ApMask.of(2), ApMask.NONE);

    List<String> log =
        admin.logOf(
            () -> assertRefused(Errno.EADDRINUSE, () -> mdev.echo(sharedAndTooHigh, "ap_config")));

    assertThat(log).singleElement().asString().contains("queue 06.0002", Admin.UUID2);
    assertThat(mdev).hasMatrix("05.0002", "05.0003");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "domain", "control domain"})
  void refusesNumbersAboveTheMaximum(String what) {
    String text =
        config(
            ApMask.of(5, what.equals("adapter") ? 10 : 9),
            ApMask.of(3, what.equals("domain") ? 7 : 6),
            ApMask.of(what.equals("control domain") ? 7 : 6));
    Guest guest = mdev.start("guest");

    assertRefused(Errno.ENODEV, () -> mdev.echo(text, "ap_config"));

    assertThat(mdev).hasMatrix("05.0002", "05.0003").hasControlDomains("0002");
    assertThat(guest).addresses("05.0002", "05.0003").controls("0002");
  }

  @Test
  void allowsTheMaxima() {
    mdev.echo(config(ApMask.of(9), ApMask.of(6), ApMask.of(6)), "ap_config");

    assertThat(mdev).hasMatrix("09.0006").hasControlDomains("0006");
  }
}
