package org.vfioap.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a computer for what machines need, and what programs in them may want. */
public final class Examination {
  private static final String FUSE = "/dev/fuse";
  private static final String PASSWD = "/etc/passwd";
  private static final long GIB = 1L << 30;
  private static final Pattern MEMLOCK =
      Pattern.compile("^Max locked memory\\s+(\\S+)", Pattern.MULTILINE);

  /** CAP_SYS_RESOURCE, with which libvirt raises the limit itself. */
  private static final int SYS_RESOURCE = 24;

  private final Computer computer;
  private final List<Finding> findings = new ArrayList<>();

  private Examination(Computer computer) {
    this.computer = computer;
  }

  /** Returns everything that was found, what machines need first. */
  public static List<Finding> of(Computer computer) {
    Examination examination = new Examination(computer);
    examination.java();
    for (String name : List.of("unshare", "nsenter", "setpriv")) {
      examination.program(name, true, "util-linux");
    }
    examination.fuse();
    examination.findings.add(Namespaces.of(computer));
    examination.userName();
    examination.program("mdevctl", false, "mdevctl");
    examination.program("udevadm", false, "udev");
    examination.program("libvirtd", false, "libvirt-daemon libvirt-daemon-driver-qemu");
    examination.program("virsh", false, "libvirt-clients");
    examination.program("perl", false, "perl-base");
    examination.program("fusermount3", false, "fuse3");
    examination.lszcrypt();
    examination.lockedMemory();
    return examination.findings;
  }

  private void java() {
    findings.add(
        Finding.good("java", true, Runtime.version() + " in " + System.getProperty("java.home")));
  }

  private void program(String name, boolean needed, String packages) {
    findings.add(
        computer
            .program(name)
            .map(path -> Finding.good(name, needed, path))
            .orElseGet(() -> Finding.bad(name, needed, "not installed", install(packages))));
  }

  /** The machine's own folder is mounted on it, and nothing is created outside. */
  private String install(String packages) {
    for (String[] tool :
        new String[][] {
          {"apt-get", "apt-get install "},
          {"dnf", "dnf install "},
          {"zypper", "zypper install "},
          {"pacman", "pacman -S "}
        }) {
      if (computer.program(tool[0]).isPresent()) {
        return asRoot(tool[1] + packages);
      }
    }
    return "install " + packages;
  }

  private String asRoot(String command) {
    return computer.isRoot() ? command : "sudo " + command;
  }

  private void fuse() {
    if (computer.isUsable(FUSE)) {
      findings.add(Finding.good(FUSE, true, "can be read and written"));
    } else if (computer.exists(FUSE)) {
      findings.add(
          Finding.bad(FUSE, true, "may not be read and written", asRoot("chmod 666 " + FUSE)));
    } else {
      boolean inside = Namespaces.isContainer(computer);
      String mend = inside ? Namespaces.CONTAINER : asRoot("modprobe fuse");
      findings.add(Finding.bad(FUSE, true, "not there", mend));
    }
  }

  /** An arbitrary user, as OpenShift starts containers with, has no name. */
  private void userName() {
    Optional<String> complaint = computer.complaint("id", "-un");
    String name = "user name";
    findings.add(
        complaint
            .map(text -> Finding.bad(name, false, text, giveName()))
            .orElseGet(() -> Finding.good(name, false, "known")));
  }

  private String giveName() {
    String why = ", which fusermount3 wants for 'vfioap mount'";
    if (computer.isUsable(PASSWD)) {
      return "echo \"vfioap:x:$(id -u):$(id -g)::/tmp:/bin/sh\" >> " + PASSWD + why;
    }
    return "as root: useradd --uid UID --no-create-home vfioap" + why;
  }

  private void lszcrypt() {
    findings.add(
        computer
            .program("lszcrypt")
            .map(path -> Finding.good("lszcrypt", false, path))
            .orElseGet(
                () ->
                    Finding.bad(
                        "lszcrypt",
                        false,
                        "not installed",
                        "build s390-tools, or run its s390x package with qemu-user-static")));
  }

  /**
   * For guests with a vfio-ap device libvirt raises the limit to their memory and 1 GiB more. With
   * perl it finds that it may.
   */
  private void lockedMemory() {
    String limit =
        computer
            .read("/proc/self/limits")
            .map(MEMLOCK::matcher)
            .filter(Matcher::find)
            .map(matcher -> matcher.group(1))
            .orElse("unknown");
    boolean enough =
        limit.equals("unlimited")
            || (limit.matches("\\d{1,18}") && Long.parseLong(limit) > GIB)
            || (computer.isRoot() && Namespaces.hasCapability(computer, SYS_RESOURCE))
            || computer.program("perl").isPresent();
    String found = limit + (limit.matches("\\d+") ? " bytes" : "");
    findings.add(
        enough
            ? Finding.good("locked memory", false, found)
            : Finding.bad(
                "locked memory",
                false,
                found,
                "install perl as above, raise 'memlock' in /etc/security/limits.conf, or give guests"
                    + " <memtune><hard_limit unit='KiB'>4096</hard_limit></memtune>"));
  }
}
