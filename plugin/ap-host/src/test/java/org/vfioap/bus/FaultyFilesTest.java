package org.vfioap.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Fault;
import org.vfioap.ap.Faults;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsTree;

/**
 * Files of cards and queues that answer with an error because a test wants it.
 *
 * <pre>
 *             0004
 *   05 CEX5C   ·
 * </pre>
 */
class FaultyFilesTest {
  private static final String CARD = "devices/ap/card05/";
  private static final String QUEUE = CARD + "05.0004/";

  private final Admin admin = Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(4)));

  private void fault(String device, String attribute, String fault) {
    admin.change(
        hardware -> hardware.faults().set(new Faults.Place(device, attribute), Fault.parse(fault)));
  }

  private static Errno errno(ThrowingCallable call) {
    KernelRefusal refusal = catchThrowableOfType(KernelRefusal.class, call);
    assertThat(refusal).as("refused").isNotNull();
    return refusal.errno();
  }

  @Test
  void lastingFaultIsMetByEveryRead() {
    fault("card05", "serialnr", "EIO");

    assertThat(errno(() -> admin.cat(CARD + "serialnr"))).isEqualTo(Errno.EIO);
    assertThat(errno(() -> admin.cat(CARD + "serialnr"))).isEqualTo(Errno.EIO);
    assertThat(admin.cat(CARD + "type")).isEqualTo("CEX5C\n");
  }

  @Test
  void faultThatHappensOnceIsMetOnce() {
    fault("05.0004", "online", "ENODEV once");

    assertThat(errno(() -> admin.cat(QUEUE + "online"))).isEqualTo(Errno.ENODEV);
    assertThat(admin.cat(QUEUE + "online")).isEqualTo("1\n");
  }

  @Test
  void faultOfWritingLetsReadsThrough() {
    fault("05.0004", "online", "EBUSY write once");

    assertThat(admin.cat(QUEUE + "online")).isEqualTo("1\n");
    assertThat(errno(() -> admin.echo("0", QUEUE + "online"))).isEqualTo(Errno.EBUSY);
    assertThat(admin.echo("0", QUEUE + "online").cat(QUEUE + "online")).isEqualTo("0\n");
  }

  @Test
  void faultOfReadingLetsWritesThrough() {
    fault("card05", "online", "EIO read");

    admin.echo("0", CARD + "online");

    assertThat(errno(() -> admin.cat(CARD + "online"))).isEqualTo(Errno.EIO);
    assertThat(admin.cat(QUEUE + "online")).isEqualTo("0\n");
  }

  @Test
  void clearedFaultIsGone() {
    fault("card05", "type", "EIO");

    admin.change(hardware -> hardware.faults().clear(new Faults.Place("card05", "type")));

    assertThat(admin.cat(CARD + "type")).isEqualTo("CEX5C\n");
  }

  @Test
  void deviceThatIsGoneDoesNotMeetIt() {
    SysfsTree tree = admin.host().sysfs();
    OpenFile open = tree.open((SysfsFile) tree.lookup("/sys/" + CARD + "type"));
    fault("card05", "type", "EIO once");
    admin.change(hardware -> hardware.adapters(ApMask.NONE));

    assertThatExceptionOfType(KernelRefusal.class)
        .isThrownBy(open::read)
        .extracting(KernelRefusal::errno)
        .isEqualTo(Errno.ENODEV);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EIO",
        "EIO once",
        "EIO read",
        "EBUSY write once",
        "interrupted",
        "interrupted once"
      })
  void readsWhatItWrites(String text) {
    assertThat(Fault.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "EWHAT", "EIO twice", "EIO once read", "interrupted write", "EIO read write"})
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.parse(text))
        .withMessageContainingAll("'" + text + "'", "allowed: ", "EIO", "interrupted", "once");
  }
}
