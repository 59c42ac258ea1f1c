package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.machine.Machine;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.translation.libvirt.LibvirtHost;

/** Everything that a test can ask for. */
@VfioAp("document")
@SuppressWarnings("NullAway.Init") // the extension fills the fields
class ParametersTest {
  @Sys private Path field;
  private Fixture fixture;

  @Test
  void fieldsAreFilled() {
    assertThat(field.resolve("bus/ap")).isDirectory();
    assertThat(fixture.read("/sys/bus/ap/bindings")).isEqualTo("8/8 (complete)\n");
  }

  @Test
  void filesAndHostAreTheSameMachine(@Sys Path sys, ApHost host) throws IOException {
    Files.writeString(sys.resolve("bus/ap/apmask"), "-5\n");
    assertThat(host.sysfs().read("/sys/bus/ap/apmask")).startsWith("0xfb");
  }

  @Test
  void descriptionAndKernel(Machine machine, KernelProfile kernel, ApHost host) {
    assertThat(machine).isEqualTo(Machine.preset("document"));
    assertThat(kernel).isEqualTo(KernelProfile.DOCUMENTED).isEqualTo(host.profile());
  }

  @Test
  void aPlainPathIsLeftToOthers(@TempDir Path directory, @Sys Path sys) {
    assertThat(directory.getFileSystem()).isNotEqualTo(sys.getFileSystem());
  }

  @Test
  void monitorOfTheTestAndOfTheClient(
      @Guest FixtureGuest guest, QmpClient mine, @QmpSocket Path socket) throws Exception {
    try (QmpClient product = QmpClient.connect(socket)) {
      assertThat(product.execute("query-status")).isEqualTo(mine.execute("query-status"));
    }
    assertThat(guest.journal().commands()).containsExactly("qmp_capabilities", "query-status");
  }

  @Test
  void libvirt(LibvirtHost libvirt) {
    assertThat(libvirt.domains()).isEmpty();
  }

  @Test
  @VfioAp("z16")
  void theMachineOfAMethodReplacesThatOfTheClass(Machine machine) {
    assertThat(machine).isEqualTo(Machine.preset("z16"));
  }

  @Test
  @VfioAp(name = "a")
  @VfioAp(value = "z14", name = "b", profile = KernelProfile.LINUX_6_1)
  void twoMachines(@On("a") ApHost a, @On("b") ApHost b, @On("b") @Sys Path sys) {
    assertThat(a.profile()).isEqualTo(KernelProfile.DOCUMENTED);
    assertThat(b.profile()).isEqualTo(KernelProfile.LINUX_6_1);
    assertThat(sys.resolve("devices/ap/card00")).isDirectory();
  }

  @EveryKernel(except = KernelProfile.DOCUMENTED)
  void everyKernel(ApHost host, KernelProfile kernel) {
    assertThat(host.profile()).isEqualTo(kernel).isNotEqualTo(KernelProfile.DOCUMENTED);
  }

  @Test
  void aRefusalCarriesItsReason(@Sys Path sys) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.writeString(sys.resolve("bus/ap/apmask"), "-999"))
        .withMessage("Invalid argument")
        .withCauseInstanceOf(KernelRefusal.class)
        .matches(
            refused ->
                refused.getCause() instanceof KernelRefusal refusal
                    && refusal.errno() == Errno.EINVAL);
  }

  /** Inherits. */
  @Nested
  class Inside {
    @Test
    void aNestedClassHasTheMachineOfTheClassAroundIt(Machine machine) {
      assertThat(machine).isEqualTo(Machine.preset("document"));
    }
  }

  /** Has a machine that is computed. */
  @Nested
  class Registered {
    @RegisterExtension
    final VfioApExtension host =
        VfioApExtension.machine("z16")
            .name("computed")
            .profile(KernelProfile.LINUX_6_12)
            .beforeEach(each -> each.write("/sys/bus/ap/apmask", "-1"))
            .build();

    @Test
    void aRegisteredMachineIsSetUp(@On("computed") @Sys Path sys) throws IOException {
      assertThat(Files.readString(sys.resolve("bus/ap/apmask"))).startsWith("0xbf");
      assertThat(host.fixture().kernel()).isEqualTo(KernelProfile.LINUX_6_12);
    }
  }
}
