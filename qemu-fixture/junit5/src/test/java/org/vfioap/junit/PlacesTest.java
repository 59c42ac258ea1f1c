package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vfioap.junit.VfioAp.Place.MOUNTED;
import static org.vfioap.junit.VfioAp.Place.RUNNING;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.vfioap.host.ApHost;
import org.vfioap.place.RunningMachine;

/**
 * Where a computer lacks what a test needs, it is disabled with the reason, or fails if told to.
 */
class PlacesTest {
  private static final Map<String, String> NO_FUSE = Map.of("vfioap.lacking", "/dev/fuse");
  private static final Map<String, String> NO_VIRSH = Map.of("vfioap.lacking", "virsh, libvirtd");

  private static Map<String, String> required(Map<String, String> lacking, String what) {
    return Map.of("vfioap.lacking", lacking.get("vfioap.lacking"), "vfioap.require", what);
  }

  @VfioAp(place = MOUNTED)
  @Disabled(Kit.ONLY)
  static class AsFiles {
    @Test
    void never(@Sys Path sys) {}
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class AsParameter {
    @Test
    void never(@Mounted Path sys) {}
  }

  @VfioAp(place = RUNNING)
  @Disabled(Kit.ONLY)
  static class InProcesses {
    @Test
    void never(RunningMachine machine) {}
  }

  @VfioAp(place = RUNNING)
  @Libvirtd
  @Disabled(Kit.ONLY)
  static class WithLibvirtd {
    @Test
    void never(@ConnectUri String uri) {}
  }

  @Test
  void withoutFuseTestsAreDisabledWithWhatMendsIt() {
    Kit kit = Kit.run(NO_FUSE, AsFiles.class, AsParameter.class, InProcesses.class);
    assertThat(kit.skipped().lines())
        .hasSize(3)
        .allMatch(reason -> reason.contains("/dev/fuse: not there; fix: "));
    assertThat(kit.failures()).isEmpty();
  }

  @Test
  void whatIsRequiredFailsInstead() {
    assertThat(Kit.run(required(NO_FUSE, "mounted"), AsFiles.class, AsParameter.class).failures())
        .contains("mounted is required (vfioap.require), but /dev/fuse: not there; fix: ");
    assertThat(Kit.run(required(NO_FUSE, "all"), InProcesses.class).failures())
        .contains("running is required (vfioap.require), but /dev/fuse: not there; fix: ");
    assertThat(Kit.run(required(NO_FUSE, "libvirtd"), InProcesses.class).failures()).isEmpty();
  }

  @Disabled(Kit.ONLY)
  static class Registered {
    @RegisterExtension
    final VfioApExtension mounted = VfioApExtension.machine("empty").place(MOUNTED).build();

    @Test
    void never(@Sys Path sys) {}
  }

  @Test
  void aRegisteredMachineAbortsItsTest() {
    Kit kit = Kit.run(NO_FUSE, Registered.class);
    assertThat(kit.failures()).isEmpty();
    assertThat(kit.succeeded()).isZero();
    assertThat(Kit.run(required(NO_FUSE, "mounted"), Registered.class).failures())
        .contains("mounted is required (vfioap.require), but /dev/fuse: not there");
    assertThat(Kit.run(Registered.class).failures()).isEmpty();
  }

  @Test
  void withoutLibvirtdTheTestIsDisabled() {
    assertThat(Kit.run(NO_VIRSH, WithLibvirtd.class).skipped())
        .contains("libvirtd: not installed; fix: ", "virsh: not installed; fix: ");
    assertThat(Kit.run(required(NO_VIRSH, "libvirtd"), WithLibvirtd.class).failures())
        .contains("libvirtd is required (vfioap.require), but libvirtd: not installed");
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class WithTool {
    @Test
    @RequiresTool({Tool.VIRSH, Tool.MDEVCTL})
    void never() {}
  }

  @Test
  void withoutAToolTheTestIsDisabled() {
    assertThat(Kit.run(NO_VIRSH, WithTool.class).skipped())
        .contains("virsh: not installed; fix: ", "libvirt-clients");
    assertThat(Kit.run(required(NO_VIRSH, "virsh"), WithTool.class).failures())
        .contains("virsh is required (vfioap.require), but virsh: not installed");
  }

  @Test
  void whatNobodyKnowsCannotBeRequired() {
    assertThat(Kit.run(Map.of("vfioap.require", "mountd"), AsFiles.class).failures())
        .contains("-Dvfioap.require: 'mountd' is unknown; did you mean mounted?; allowed: all, ");
  }

  @VfioAp(place = MOUNTED)
  @Disabled(Kit.ONLY)
  static class OneMount {
    @Test
    void sysAndMountedAreTheSame(@Sys Path sys, @Mounted Path mounted, Fixture fixture) {
      assertThat(sys).isEqualTo(mounted).isEqualTo(fixture.sys());
      assertThat(sys.resolve("bus/ap/apmask").toFile()).isFile();
    }
  }

  @Test
  void aMountedMachineIsOfFiles() {
    Kit kit = Kit.run(OneMount.class);
    assertThat(kit.failures()).isEmpty();
  }

  @VfioAp
  @Disabled(Kit.ONLY)
  static class RunningInProcess {
    @Test
    void never(RunningMachine machine) {}

    @Test
    void never(@ConnectUri String uri) {}
  }

  @VfioAp
  @Libvirtd
  @Disabled(Kit.ONLY)
  static class LibvirtdInProcess {
    @Test
    void never(ApHost host) {}
  }

  @Test
  void combinationsThatCannotBeAreTold() {
    assertThat(Kit.run(RunningInProcess.class).failures().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("needs @VfioAp(place = RUNNING)"));
    assertThat(Kit.run(LibvirtdInProcess.class).failures())
        .contains("@Libvirtd runs in a machine of its own: add place = RUNNING to @VfioAp");
  }
}
