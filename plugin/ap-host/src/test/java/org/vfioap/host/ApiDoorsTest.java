package org.vfioap.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.Uevents;
import org.vfioap.sysfs.FileHook;

/**
 * What callers in Java get beside what programs get.
 *
 * <pre>
 *   host: adapter 5, domain 4, reserved for the host's drivers
 * </pre>
 */
class ApiDoorsTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MDEV = "/sys/devices/vfio_ap/matrix/" + UUID;
  private static final String CREATE =
      "/sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create";

  private final ApHost host =
      ApHost.builder()
          .hardware(ApHardware.create().adapters(ApMask.of(5)).domains(ApMask.of(4)))
          .boot();

  private void refusalNamesThisTest(Errno errno, ThrowingCallable call) {
    assertThatExceptionOfType(KernelRefusal.class)
        .isThrownBy(call)
        .matches(refusal -> refusal.errno() == errno)
        .satisfies(
            refusal ->
                assertThat(refusal.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(ApiDoorsTest.class.getName())));
  }

  @Test
  void refusalsTellWhereTheyWereMet() {
    refusalNamesThisTest(Errno.ENOENT, () -> host.sysfs().read("/sys/none"));
    refusalNamesThisTest(Errno.ENOENT, () -> host.sysfs().list("/sys/none"));
    refusalNamesThisTest(Errno.ENOENT, () -> host.sysfs().readLink("/sys/none"));
    refusalNamesThisTest(Errno.EINVAL, () -> host.sysfs().write("/sys/bus/ap/apmask", "-999"));
    refusalNamesThisTest(Errno.EINVAL, () -> host.sysfs().readLink("/sys/bus/ap/apmask"));
    refusalNamesThisTest(Errno.ENOENT, () -> host.open(UUID, host.guest("g")));
  }

  @ParameterizedTest
  @EnumSource
  void everyRefusalLinksToItsPage(Errno errno) throws Exception {
    String message = String.valueOf(KernelRefusal.of(errno, "x").traced().getMessage());
    URL page = new URL(message.replaceAll(".*\\[(.*)]$", "$1"));
    try (InputStream in = page.openStream()) {
      assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .startsWith("# " + errno);
    }
  }

  @Test
  void changesAreToldWithoutTheLock() throws Exception {
    List<String> seen = new ArrayList<>();
    Uevents.Subscription subscription =
        host.onChange(
            () -> {
              Thread other = new Thread(() -> seen.add(host.sysfs().read("/sys/bus/ap/apmask")));
              other.start();
              join(other);
            });
    host.sysfs().write("/sys/bus/ap/apmask", "-5");
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0)).startsWith("0xfb");

    host.sysfs().read("/sys/bus/ap/apmask");
    assertThat(seen).hasSize(1);

    subscription.close();
    host.sysfs().write("/sys/bus/ap/apmask", "+5");
    assertThat(seen).hasSize(1);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void openingAndClosingAnMdevAndNewHardwareAreChanges() {
    host.sysfs().write(CREATE, UUID);
    List<String> seen = new ArrayList<>();
    host.onChange(() -> seen.add("change"));
    host.open(UUID, host.guest("g")).close();
    assertThat(seen).hasSize(2);
    host.change(hardware -> hardware.adapters(ApMask.of(5, 6)));
    assertThat(seen).hasSizeGreaterThan(2);
  }

  @Test
  void aListenerOfChangesMayChangeTheMachine() {
    host.onChange(
        () -> {
          if (host.mdevs().isEmpty()) {
            host.sysfs().write(CREATE, UUID);
          }
        });
    host.sysfs().write("/sys/bus/ap/apmask", "-5");
    assertThat(host.mdevs()).hasSize(1);
  }

  @Test
  void aListenerOfUeventsThatCallsBackIsToldWhatToDo() {
    host.uevents().subscribe(event -> host.sysfs().read("/sys/bus/ap/apmask"));
    assertThatIllegalStateException()
        .isThrownBy(() -> host.sysfs().write("/sys/bus/ap/apmask", "-5"))
        .withMessageContaining("ApHost.onChange");
  }

  @Test
  void aHookSeesRealPathsAndMayRefuse() {
    host.sysfs().write(CREATE, UUID);
    List<String> seen = new ArrayList<>();
    host.sysfs()
        .hook(
            new FileHook() {
              @Override
              public void beforeWrite(String path, String text) {
                if (text.equals("7")) {
                  throw KernelRefusal.of(Errno.EIO, "ordered");
                }
              }

              @Override
              public void afterWrite(String path, String text, Optional<KernelRefusal> refusal) {
                seen.add(path + " " + text + " " + refusal.map(KernelRefusal::errno).orElse(null));
              }
            });
    host.sysfs().write("/sys/bus/mdev/devices/" + UUID + "/assign_control_domain", "4");
    refusalNamesThisTest(Errno.EIO, () -> host.sysfs().write(MDEV + "/assign_domain", "7"));
    assertThat(seen)
        .containsExactly(MDEV + "/assign_control_domain 4 null", MDEV + "/assign_domain 7 EIO");
  }
}
