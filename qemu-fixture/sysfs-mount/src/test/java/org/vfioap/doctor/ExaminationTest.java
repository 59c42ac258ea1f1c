package org.vfioap.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private Optional<String> nameless = Optional.empty();
    private boolean masked;
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
      if (command[0].equals("id")) {
        return nameless;
      }
      return masked && !List.of(command).contains("--mount-proc") ? Optional.empty() : complaint;
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
    assertThat(finding("user namespaces").mend())
        .isEqualTo("run as root, with the capability CAP_SYS_ADMIN");

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
    assertThat(finding("/dev/fuse").mend()).isEqualTo("sudo modprobe fuse");

    computer.files.put("/.dockerenv", "");

    assertThat(finding("/dev/fuse").mend())
        .contains("docker run --device /dev/fuse", "podman run", "privileged: true", "serve");
  }

  @Test
  void namesHiddenPartsOfProc() {
    computer.complaint = Optional.of("unshare: mount /proc failed: Operation not permitted");
    computer.masked = true;
    computer.files.put("/proc/self/environ", "HOME=/\0KUBERNETES_SERVICE_HOST=10.0.0.1\0");

    assertThat(finding("user namespaces").found()).endsWith("; parts of /proc are hidden");
    assertThat(finding("user namespaces").mend()).startsWith("start the container with");
  }

  @Test
  void rootWithoutTheCapabilityNeedsUserNamespaces() {
    computer.root = true;
    computer.files.put("/proc/self/status", "CapEff:\t00000000a80425fb\n");
    assertThat(finding("user namespaces").good()).isTrue();

    computer.files.put("/proc/self/status", "CapEff:\t00000000a82425fb\n");
    assertThat(finding("namespaces").good()).isTrue();
  }

  @Test
  void knowsThatAChrootHasNoUserNamespaces() {
    computer.complaint = Optional.of("unshare: unshare failed: Operation not permitted");
    computer.files.put("/proc/self/mountinfo", "30 28 0:26 / /proc rw - proc proc rw\n");
    assertThat(finding("user namespaces").mend())
        .isEqualTo("run as root: inside a chroot the kernel creates no user namespaces");

    computer.files.put("/proc/self/mountinfo", "28 1 8:1 / / rw - ext4 /dev/sda rw\n");
    assertThat(finding("user namespaces").mend()).startsWith("run as root, with");
  }

  @Test
  void givesAnArbitraryUserAName() {
    computer.nameless = Optional.of("id: cannot find name for user ID 12345");
    computer.unusable.add("/etc/passwd");
    computer.files.put("/etc/passwd", "");
    assertThat(finding("user name").mend()).startsWith("as root: useradd --uid UID");
    assertThat(finding("user name").state()).isEqualTo("missing");

    computer.unusable.clear();
    assertThat(finding("user name").mend()).startsWith("echo \"vfioap:x:$(id -u)");
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
