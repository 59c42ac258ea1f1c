package org.vfioap.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is missing is named, with the command that mends it. */
final class ExaminationTest {
  private final FakeComputer computer = new FakeComputer();

  /** A computer that is described; at first a Debian with everything, and an ordinary user. */
  private static final class FakeComputer implements Computer {
    private final Map<String, String> files = new HashMap<>();
    private final Set<String> unusable = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private Optional<String> complaint = Optional.empty();
    private boolean root;

    FakeComputer() {
      files.put("/dev/fuse", "");
      files.put("/proc/self/limits", "Max locked memory         unlimited    unlimited   bytes\n");
    }

    @Override
    public Optional<String> read(String file) {
      return Optional.ofNullable(files.get(file));
    }

    @Override
    public boolean exists(String file) {
      return files.containsKey(file);
    }

    @Override
    public boolean isUsable(String file) {
      return exists(file) && !unusable.contains(file);
    }

    @Override
    public Optional<String> program(String name) {
      return missing.contains(name) ? Optional.empty() : Optional.of("/usr/bin/" + name);
    }

    @Override
    public Optional<String> complaint(String... command) {
      return complaint;
    }

    @Override
    public boolean isRoot() {
      return root;
    }
  }

  private Finding finding(String name) {
    return Examination.of(computer).stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isContentWithAComputerThatHasEverything() {
    assertThat(Examination.of(computer)).allMatch(Finding::good);
  }

  @Test
  void namesThePackageOfAMissingProgram() {
    computer.missing.add("virsh");

    assertThat(finding("virsh"))
        .isEqualTo(
            Finding.bad("virsh", false, "not installed", "sudo apt-get install libvirt-clients"));
  }

  @Test
  void needsNoSudoAsRoot() {
    computer.root = true;
    computer.missing.add("mdevctl");
    computer.missing.add("apt-get");

    assertThat(finding("mdevctl").mend()).isEqualTo("dnf install mdevctl");
  }

  @Test
  void namesTheSettingThatForbidsUserNamespaces() {
    computer.complaint = Optional.of("unshare: unshare failed: Operation not permitted");
    assertThat(finding("user namespaces").mend()).isEqualTo("run as root");

    computer.files.put("/proc/sys/user/max_user_namespaces", "0\n");
    assertThat(finding("user namespaces").mend())
        .isEqualTo("sudo sysctl -w user.max_user_namespaces=15000");

    computer.files.put("/proc/sys/kernel/unprivileged_userns_clone", "0\n");
    assertThat(finding("user namespaces").mend())
        .isEqualTo("sudo sysctl -w kernel.unprivileged_userns_clone=1");

    computer.files.put("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
    assertThat(finding("user namespaces").mend())
        .isEqualTo("sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    assertThat(finding("user namespaces").state()).isEqualTo("needed");
  }

  @Test
  void saysWhatAContainerIsToBeStartedWith() {
    computer.files.remove("/dev/fuse");
    computer.files.put("/.dockerenv", "");

    assertThat(finding("/dev/fuse").mend())
        .isEqualTo("sudo modprobe fuse; in a container: start it with --device /dev/fuse");
  }

  @Test
  void opensFuseToEverybody() {
    computer.unusable.add("/dev/fuse");

    assertThat(finding("/dev/fuse").mend()).isEqualTo("sudo chmod 666 /dev/fuse");
  }

  @Test
  void asksForNoLockedMemoryWhereThereIsPerl() {
    computer.files.put(
        "/proc/self/limits", "Max locked memory         8388608   8388608   bytes\n");

    assertThat(finding("locked memory").good()).isTrue();
  }

  @Test
  void knowsWhoMayLockMemoryWithoutPerl() {
    computer.missing.add("perl");
    computer.files.put(
        "/proc/self/limits", "Max locked memory         8388608   8388608   bytes\n");
    assertThat(finding("locked memory").state()).isEqualTo("missing");

    computer.files.put("/proc/self/status", "CapEff:\t000001ffffffffff\n");
    assertThat(finding("locked memory").good()).isFalse();

    computer.root = true;
    assertThat(finding("locked memory").good()).isTrue();
  }
}
