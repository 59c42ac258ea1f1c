package org.vfioap.sysfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import org.vfioap.lab.Mdev;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * Paths, access modes, pages, and files that outlive their device.
 *
 * <pre>
 *   /sys/bus/ap/devices/05.0001  ->  ../../../devices/ap/card05/05.0001
 *   /sys/devices/ap/card05/05.0001/subsystem  ->  ../../../../bus/ap
 * </pre>
 */
class SysfsTreeTest {
  private final Admin admin = Admin.bootAllPassed(Machines.cards(ApMask.of(5), ApMask.of(1)));
  private final SysfsTree sysfs = admin.host().sysfs();

  @ParameterizedTest
  @CsvSource({
    "/sys/bus/ap/nothing, ENOENT",
    "/sys/nothing/at/all, ENOENT",
    "/proc/version, ENOENT",
    "/system, ENOENT",
    "/sys/bus/ap/apmask/below, ENOTDIR",
    "/sys/bus/ap/apmask/, ENOTDIR",
    "/sys/bus/ap/apmask/.., ENOTDIR",
    "/sys/bus/ap, EISDIR",
    "/sys/bus/ap/devices/card05, EISDIR"
  })
  void refusesPathsThatLeadToNoFile(String path, Errno errno) {
    assertRefused(errno, () -> sysfs.open(path, Access.READ));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sys/bus/ap/apmask",
        "/sys//bus/./ap/apmask",
        "/sys/bus/ap/devices/../apmask",
        "/sys/bus/ap/devices/card05/subsystem/apmask",
        "/sys/devices/ap/card05/05.0001/subsystem/apmask",
        "/sys/../bus/ap/apmask",
        "/sys/bus/ap/devices/05.0001/../../../../bus/ap/apmask"
      })
  void findsAFileByManyPaths(String path) {
    assertThat(sysfs.read(path)).isEqualTo(ApMask.NONE + "\n");
  }

  @Test
  void refusesMoreThanFortyLinks() {
    String twoLinks = "/devices/card05/subsystem";

    assertThat(sysfs.exists("/sys/bus/ap" + twoLinks.repeat(20))).isTrue();
    assertRefused(Errno.ELOOP, () -> sysfs.lookup("/sys/bus/ap" + twoLinks.repeat(21)));
  }

  @Test
  void tellsLinksFromWhatTheyLeadTo() {
    assertThat(sysfs.lookupLink("/sys/bus/ap/devices/card05")).isInstanceOf(SysfsLink.class);
    assertThat(sysfs.lookup("/sys/bus/ap/devices/card05")).isInstanceOf(SysfsDirectory.class);
    assertRefused(Errno.EINVAL, () -> sysfs.readLink("/sys/bus/ap/apmask"));
    assertRefused(Errno.ENOTDIR, () -> sysfs.list("/sys/bus/ap/apmask"));
  }

  @ParameterizedTest
  @CsvSource({
    "bus/ap/bindings, WRITE",
    "bus/ap/bindings, READ_WRITE",
    "bus/ap/drivers/vfio_ap/bind, READ",
    "bus/ap/drivers/vfio_ap/bind, READ_WRITE",
    "module/ap/parameters/apmask, WRITE"
  })
  void refusesAccessThatTheModeLacks(String path, Access access) {
    assertRefused(Errno.EACCES, () -> sysfs.open("/sys/" + path, access));
  }

  @Test
  void opensForReadingAndWritingWhatAllowsBoth() {
    OpenFile file = sysfs.open("/sys/bus/ap/config_time", Access.READ_WRITE);

    assertThat(file.write("60".getBytes(US_ASCII))).isEqualTo(2);

    assertThat(file.read().text()).isEqualTo("60\n");
  }

  @Test
  void takesOnePageOfALongerWrite() {
    String scans = "x".repeat(OpenFile.PAGE + 100);

    assertThat(sysfs.write("/sys/bus/ap/scans", scans)).isEqualTo(OpenFile.PAGE);
    assertThat(sysfs.write("/sys/bus/ap/scans", scans.substring(100))).isEqualTo(OpenFile.PAGE);
  }

  @Test
  void takesAnEmptyWriteForNothing() {
    String before = admin.cat("bus/ap/scans");

    assertThat(sysfs.write("/sys/bus/ap/scans", "")).isZero();

    assertThat(admin.cat("bus/ap/scans")).isEqualTo(before);
  }

  @Test
  void endsTextsAtAZeroByte() {
    sysfs.write("/sys/bus/ap/config_time", "60\0junk");

    assertThat(admin).shows("bus/ap/config_time", "60");
  }

  @Test
  void givesOnePageLessAByteOfLongContent() {
    Mdev mdev = admin.create(Admin.UUID1);
    for (int i = 0; i < 32; i++) {
      mdev.assignAdapters(i).assignDomains(i);
    }

    OpenFile.Shown shown = sysfs.open(mdev.path("matrix"), Access.READ).read();

    assertThat(shown.bytes()).hasSize(4095);
    assertThat(shown.produced()).isEqualTo(32 * 32 * 8);
  }

  @Test
  void answersEnodevForFilesOfADeviceThatWent() {
    OpenFile online = sysfs.open("/sys/devices/ap/card05/config", Access.READ_WRITE);
    OpenFile status = sysfs.open("/sys/devices/ap/card05/05.0001/status", Access.READ);

    admin.change(hardware -> hardware.adapters(ApMask.NONE));

    assertRefused(Errno.ENODEV, online::read);
    assertRefused(Errno.ENODEV, () -> online.write("1".getBytes(US_ASCII)));
    assertRefused(Errno.ENODEV, status::read);
  }

  @Test
  void answersEnodevForStatusOfAQueueThatLeftTheDriver() {
    OpenFile status = sysfs.open("/sys/devices/ap/card05/05.0001/status", Access.READ);

    admin.echo("05.0001", "bus/ap/drivers/vfio_ap/unbind");

    assertRefused(Errno.ENODEV, status::read);
  }

  @Test
  void followsTheDevicesAsTheyComeAndGo() {
    admin.change(hardware -> hardware.adapters(ApMask.of(5, 6)));
    assertThat(admin).has("bus/ap/devices/card06", "devices/ap/card06/06.0001");

    admin.change(hardware -> hardware.adapters(ApMask.of(5)));

    assertThat(admin).hasNo("bus/ap/devices/card06", "devices/ap/card06");
  }
}
