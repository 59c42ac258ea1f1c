package org.vfioap.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.lab.Task;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * What others meet while a mask file is being written.
 *
 * <pre>
 *   writer 1:  echo +6 &gt; apmask   [ queue 06.0001 changes its driver ... held here ... ]
 *   writer 2:  echo 5  &gt; assign_adapter     (opened before)      EBUSY, or waits
 * </pre>
 */
@Timeout(60)
class MaskWriteInProgressTest {
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    mayEnd.countDown();
  }

  private static Admin boot(KernelProfile profile) {
    return Admin.bootAllPassed(Machines.cards(ApMask.of(5, 6), ApMask.of(1)), profile)
        .echo("+1", "bus/ap/aqmask");
  }

  /** Starts a mask write that is held in the middle, as it binds a queue to another driver. */
  private Task holdMaskWrite(Admin admin) throws InterruptedException {
    admin.host().uevents().subscribe(event -> hold());
    Task write = Task.start(() -> admin.echo("+6", "bus/ap/apmask"));
    inside.await();
    return write;
  }

  private void hold() {
    inside.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Runnable write(Mdev mdev, String file, String text) {
    OpenFile open = mdev.host().sysfs().open(mdev.path(file), Access.WRITE);
    return () -> open.write(text.getBytes(US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"assign_adapter", "assign_domain"})
  void documentedRefusesAssignment(String file) throws InterruptedException {
    Admin admin = boot(KernelProfile.DOCUMENTED);
    Mdev mdev = admin.create(Admin.UUID1);
    Runnable assign = write(mdev, file, "5\n");
    Task maskWrite = holdMaskWrite(admin);

    assertThat(Task.start(assign).result()).isEqualTo("EBUSY");

    mayEnd.countDown();
    assertThat(maskWrite.result()).isEqualTo("done");
    assertThat(mdev).hasMatrix();
  }

  @Test
  void documentedRefusesAssignmentByPath() throws InterruptedException {
    Admin admin = boot(KernelProfile.DOCUMENTED);
    Mdev mdev = admin.create(Admin.UUID1);
    Task maskWrite = holdMaskWrite(admin);

    Task assign = Task.start(() -> mdev.host().sysfs().write(mdev.path("assign_adapter"), "5\n"));

    assertThat(assign.result()).isEqualTo("EBUSY");
    mayEnd.countDown();
    assertThat(maskWrite.result()).isEqualTo("done");
  }

  @ParameterizedTest
  @CsvSource({
    "LINUX_6_1, assign_adapter, 5",
    "LINUX_6_1, assign_domain, 5",
    "LINUX_6_8, assign_adapter, 5",
    "LINUX_6_12, assign_adapter, 5",
    "LINUX_6_12, assign_domain, 5",
    "LINUX_6_15, assign_adapter, 5",
    "LINUX_6_19, assign_adapter, 5",
    "LINUX_7_2, assign_adapter, 5",
    "LINUX_6_12, ap_config, '0x0,0x0,0x0'"
  })
  void linuxLetsAssignmentWait(KernelProfile profile, String file, String text)
      throws InterruptedException {
    Admin admin = boot(profile);
    Runnable assign = write(admin.create(Admin.UUID1), file, text);
    Task maskWrite = holdMaskWrite(admin);

    Task waiting = Task.start(assign).awaitBlocked();

    mayEnd.countDown();
    assertThat(maskWrite.result()).isEqualTo("done");
    assertThat(waiting.result()).isEqualTo("done");
  }

  /** vfio_ap_ops.c, assign_adapter_store: {@code mutex_lock}, which no signal ends. */
  @Test
  void linuxLetsNoSignalEndTheWaitOfAnAssignment() throws InterruptedException {
    Admin admin = boot(KernelProfile.LINUX_6_1);
    Runnable assign = write(admin.create(Admin.UUID1), "assign_adapter", "5\n");
    Task maskWrite = holdMaskWrite(admin);
    Task waiting = Task.start(assign).awaitBlocked().interrupt();

    mayEnd.countDown();
    assertThat(maskWrite.result()).isEqualTo("done");
    assertThat(waiting.result()).isEqualTo("done");
  }

  /** ap_bus.c, apmask_store: {@code mutex_lock_interruptible}. */
  @Test
  void linuxLetsASignalEndTheWaitOfAMaskWrite() throws InterruptedException {
    Admin admin = boot(KernelProfile.LINUX_6_1);
    OpenFile aqmask = admin.host().sysfs().open("/sys/bus/ap/aqmask", Access.WRITE);
    Task maskWrite = holdMaskWrite(admin);
    Task waiting = Task.start(() -> aqmask.write(new byte[] {'+', '9'})).awaitBlocked();

    assertThat(waiting.interrupt().result()).isEqualTo("EINTR");

    mayEnd.countDown();
    assertThat(maskWrite.result()).isEqualTo("done");
  }

  @Test
  void linuxChecksTheNewMaskAfterTheWait() throws InterruptedException {
    Admin admin = boot(KernelProfile.LINUX_6_1);
    Mdev mdev = admin.create(Admin.UUID1).assignDomains(1);
    Runnable assign = write(mdev, "assign_adapter", "6\n");
    holdMaskWrite(admin);

    Task waiting = Task.start(assign).awaitBlocked();

    mayEnd.countDown();
    assertThat(waiting.result()).isEqualTo("EADDRNOTAVAIL");
  }

  @ParameterizedTest
  @EnumSource
  void secondMaskWriteWaits(KernelProfile profile) throws InterruptedException {
    Admin admin = boot(profile);
    OpenFile apmask = admin.host().sysfs().open("/sys/bus/ap/apmask", Access.WRITE);
    holdMaskWrite(admin);

    Task second = Task.start(() -> apmask.write(new byte[] {'+', '7'})).awaitBlocked();

    mayEnd.countDown();
    assertThat(second.result()).isEqualTo("done");
    assertThat(admin).reserves("6-7", "1");
  }
}
