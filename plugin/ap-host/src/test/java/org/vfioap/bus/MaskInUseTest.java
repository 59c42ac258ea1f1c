package org.vfioap.bus;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * Writes to the mask files: accepted forms, and queues that an mdev has.
 *
 * <pre>
 *              domain 1   domain 2
 *   adapter 5   05.0001    05.0002     mdev: 05.0001 and 09.0001
 *   adapter 9      -  (the host does not have it)
 * </pre>
 */
class MaskInUseTest {
  private final Admin admin = Admin.bootAllPassed(Machines.cards(ApMask.of(5), ApMask.of(1, 2)));

  private void assign() {
    admin.create(Admin.UUID1).assignAdapters(5, 9).assignDomains(1);
  }

  @Test
  void refusesWithoutAGuest() {
    assign();
    admin.echo("+5", "bus/ap/apmask");

    assertRefused(Errno.EBUSY, () -> admin.echo("+1", "bus/ap/aqmask"));

    assertThat(admin).reserves("5", "").bindsTo("vfio_ap", "05.0001", "05.0002");
  }

  @Test
  void refusesWithoutAQueueDevice() {
    assign();
    admin.echo("+1", "bus/ap/aqmask");

    assertRefused(Errno.EBUSY, () -> admin.echo("+9", "bus/ap/apmask"));
  }

  @Test
  void allowsNewBitsThatCrossNoMdev() {
    assign();

    admin.echo("+5,+9", "bus/ap/apmask").echo("+2", "bus/ap/aqmask");

    assertThat(admin).reserves("5,9", "2").bindsTo("cex4queue", "05.0002");
  }

  @Test
  void allowsToClearBits() {
    admin.echo("+5", "bus/ap/apmask").echo("+2", "bus/ap/aqmask");
    assign();

    admin.echo("-5", "bus/ap/apmask");

    assertThat(admin).reserves("", "2").bindsTo("vfio_ap", "05.0001", "05.0002");
  }

  @Test
  void allowsAMaskThatChangesNothing() {
    admin.echo("+5", "bus/ap/apmask");
    assign();

    assertThat(admin.eventsOf(() -> admin.echo("+5", "bus/ap/apmask"))).isEmpty();

    assertThat(admin).reserves("5", "");
  }

  @Test
  void changesNothingWhenOneOfManyBitsIsRefused() {
    assign();
    admin.echo("+1,+2", "bus/ap/aqmask");

    assertRefused(Errno.EBUSY, () -> admin.echo("+0-255", "bus/ap/apmask"));

    assertThat(admin).reserves("", "1-2");
  }

  @ParameterizedTest
  @CsvSource({
    "41, '1,7'",
    "x41, '1,7'",
    "0x41, '1,7'",
    "+1+2, '1-2'",
    "'+1,,+2', '1-2'",
    "'+1,', 1",
    "+18446744073709551616, 0",
    "+1-3, '1-3'",
    "+0x10-0x12, '16-18'",
    "+010, 8"
  })
  void acceptsEveryFormOfTheKernel(String text, String expected) {
    admin.echo(text, "bus/ap/apmask");

    assertThat(admin).reserves(expected, "");
  }

  @Test
  void clearsTheMaskForABareNewline() {
    admin.echo("+5", "bus/ap/apmask");

    admin.echo("", "bus/ap/apmask");

    assertThat(admin).reserves("", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0X41", "+", "-", "+1,2", "+256", "+3-1", "+1-256", " +1", "+1 ", "1g", "+-1", "41\n"
      })
  void refusesEveryOtherForm(String text) {
    admin.echo("+5", "bus/ap/apmask");

    assertRefused(Errno.EINVAL, () -> admin.echo(text, "bus/ap/apmask"));

    assertThat(admin).reserves("5", "");
  }
}
