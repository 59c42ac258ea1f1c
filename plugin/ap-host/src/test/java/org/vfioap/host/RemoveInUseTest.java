package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.VfioDev;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.lab.Task;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.MdevSignal;
import org.vfioap.mdev.OpenMdev;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * {@code echo 1 > remove} while a guest runs.
 *
 * <pre>
 *   05.0001  05.0002   mdev 1, open for a guest, being removed
 *                      mdev 2, wants the same queues
 * </pre>
 */
@Timeout(60)
class RemoveInUseTest {
  private final CountDownLatch waiting = new CountDownLatch(1);

  /** A host with an mdev in use. */
  private record Scene(Admin admin, Mdev mdev, Guest guest, OpenMdev open) {
    static Scene with(KernelProfile profile) {
      Admin admin = Admin.bootAllPassed(Machines.cards(ApMask.of(5), ApMask.of(1, 2)), profile);
      Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1, 2);
      Guest guest = admin.host().guest("guest");
      return new Scene(admin, mdev, guest, mdev.open(guest));
    }
  }

  private Task startRemoval(Scene scene) throws InterruptedException {
    scene.admin().host().onWait(reason -> waiting.countDown());
    Task removal = Task.start(scene.mdev()::remove);
    waiting.await();
    return removal.awaitBlocked();
  }

  @Test
  void documentedRefusesAndChangesNothing() {
    Scene scene = Scene.with(KernelProfile.DOCUMENTED);

    assertRefused(Errno.EBUSY, scene.mdev()::remove);

    assertThat(scene.mdev()).hasMatrix("05.0001", "05.0002");
    assertThat(scene.guest()).addresses("05.0001", "05.0002");
    assertThat(scene.admin()).hasStatus("in use", "05.0001", "05.0002");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DOCUMENTED")
  void linuxWaitsUntilTheGuestCloses(KernelProfile profile) throws InterruptedException {
    Scene scene = Scene.with(profile);
    Task removal = startRemoval(scene);

    scene.open().close();

    assertThat(removal.result()).isEqualTo("done");
    assertThat(scene.mdev()).isGone();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DOCUMENTED")
  void linuxTakesTheAttributesAwayAtOnce(KernelProfile profile) throws InterruptedException {
    Scene scene = Scene.with(profile);
    startRemoval(scene);

    boolean keepsDevice = profile.get(KernelRules.VFIO_DEV) == VfioDev.UNTIL_CLOSED;
    assertThat(scene.admin().ls(Admin.MATRIX + Admin.UUID1))
        .containsExactlyElementsOf(
            keepsDevice ? List.of("iommu_group", "vfio-dev") : List.of("iommu_group"));
    assertThat(scene.admin())
        .hasNo("bus/mdev/devices/" + Admin.UUID1)
        .hasNo("bus/mdev/drivers/vfio_ap_mdev/" + Admin.UUID1);
    scene.open().close();
  }

  /** vfio_ap_ops.c, vfio_ap_mdev_request. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DOCUMENTED")
  void linuxTakesTheGuestsQueuesAtOnceSince615(KernelProfile profile) throws InterruptedException {
    Scene scene = Scene.with(profile);
    startRemoval(scene);

    if (profile.has(KernelRules.REMOVAL_CLEARS_GUEST)) {
      assertThat(scene.guest()).addresses();
    } else {
      assertThat(scene.guest()).addresses("05.0001", "05.0002");
    }
    scene.open().close();
  }

  @Test
  void linuxAnswersOpenFilesOfTheMdevWithEnodev() throws InterruptedException {
    Scene scene = Scene.with(KernelProfile.LINUX_6_1);
    OpenFile matrix = scene.admin().host().sysfs().open(scene.mdev().path("matrix"), Access.READ);
    OpenFile assign =
        scene.admin().host().sysfs().open(scene.mdev().path("assign_adapter"), Access.WRITE);
    OpenFile remove = scene.admin().host().sysfs().open(scene.mdev().path("remove"), Access.WRITE);
    startRemoval(scene);

    assertRefused(Errno.ENODEV, matrix::read);
    assertRefused(Errno.ENODEV, () -> assign.write(new byte[] {'6'}));
    assertRefused(Errno.ENODEV, () -> remove.write(new byte[] {'1'}));
    scene.open().close();
  }

  @Test
  void linuxKeepsTheQueuesTakenMeanwhile() throws InterruptedException {
    Scene scene = Scene.with(KernelProfile.LINUX_6_1);
    Mdev other = scene.admin().create(Admin.UUID2).assignDomains(1);
    startRemoval(scene);

    assertRefused(Errno.EADDRINUSE, () -> other.assignAdapters(5));

    scene.open().close();
    assertThat(other.assignAdapters(5)).hasGuestMatrix("05.0001");
  }

  @Test
  void linuxKeepsTheNameTakenMeanwhile() throws InterruptedException {
    Scene scene = Scene.with(KernelProfile.LINUX_6_1);
    startRemoval(scene);

    assertRefused(Errno.EEXIST, () -> scene.admin().create(Admin.UUID1));

    scene.open().close();
    assertThat(scene.admin().create(Admin.UUID1)).hasMatrix();
  }

  @Test
  void linuxFollowsTheHostMeanwhile() throws InterruptedException {
    Scene scene = Scene.with(KernelProfile.LINUX_6_1);
    startRemoval(scene);

    scene.admin().change(hardware -> hardware.adapters(ApMask.NONE));

    assertThat(scene.guest()).addresses(".0001", ".0002");
    scene.open().close();
  }

  /** vfio_main.c, vfio_unregister_group_dev: after the first signal nothing interrupts the wait. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DOCUMENTED")
  void linuxGoesOnWaitingAfterASignal(KernelProfile profile) throws InterruptedException {
    Scene scene = Scene.with(profile);
    Task removal = startRemoval(scene);
    removal.interrupt();
    removal.interrupt();

    assertThat(scene.mdev().state().removing()).isTrue();

    scene.open().close();
    assertThat(removal.result()).isEqualTo("done");
    assertThat(scene.mdev()).isGone();
  }

  @Test
  void linuxNamesTheWriterThatIsBlocked() throws InterruptedException {
    Scene scene = Scene.with(KernelProfile.LINUX_6_1);
    org.vfioap.kernel.Task bash = org.vfioap.kernel.Task.named("bash", 4711);
    long position = scene.admin().host().log().position();
    scene.admin().host().onWait(reason -> waiting.countDown());
    Task removal = Task.start(() -> bash.run(scene.mdev()::remove));
    waiting.await();
    removal.awaitBlocked().interrupt().interrupt();
    scene.admin().host().log().await(position, Duration.ofSeconds(20));

    scene.open().close();
    removal.result();

    assertThat(scene.admin().host().log().linesSince(position))
        .extracting(LogLine::text)
        .containsExactly(
            "vfio_ap_mdev "
                + Admin.UUID1
                + ": Device is currently in use, task \"bash\" (4711) blocked until device is"
                + " released");
  }

  /** vfio_ap_ops.c, vfio_ap_mdev_request. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DOCUMENTED", "LINUX_6_1"})
  void linuxSaysThatNobodyListensToTheRequest(KernelProfile profile) throws InterruptedException {
    Scene scene = Scene.with(profile);
    long position = scene.admin().host().log().position();
    startRemoval(scene);

    assertThat(scene.admin().host().log().linesSince(position))
        .extracting(LogLine::text)
        .containsExactly(
            "vfio_ap_mdev "
                + Admin.UUID1
                + ": No device request registered, blocked until released by user");
    scene.open().close();
  }

  /** vfio_ap_ops.c, vfio_ap_mdev_request: the program that listens is told at once. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DOCUMENTED", "LINUX_6_1"})
  void linuxRelaysTheRequestToTheProgram(KernelProfile profile) throws InterruptedException {
    Scene scene = Scene.with(profile);
    CountDownLatch told = new CountDownLatch(1);
    scene.open().onSignal(MdevSignal.REQUEST, told::countDown);
    long position = scene.admin().host().log().position();
    Task removal = startRemoval(scene);
    told.await();

    scene.open().close();

    assertThat(removal.result()).isEqualTo("done");
    assertThat(scene.admin().host().log().linesSince(position))
        .extracting(LogLine::text)
        .containsExactly("vfio_ap_mdev " + Admin.UUID1 + ": Relaying device request to user (#0)");
  }
}
