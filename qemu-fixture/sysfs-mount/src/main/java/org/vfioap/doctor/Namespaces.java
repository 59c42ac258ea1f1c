package org.vfioap.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the namespaces of a machine can be created, and what forbids it. */
final class Namespaces {
  /** CAP_SYS_ADMIN, with which a machine needs no user namespace. */
  private static final int SYS_ADMIN = 21;

  private static final Pattern EFFECTIVE = Pattern.compile("CapEff:\\s*([0-9a-f]+)");
  private static final Pattern ROOT_MOUNT = Pattern.compile("(?m)^\\S+ \\S+ \\S+ \\S+ / ");

  /** What engines are told; with CAP_SYS_ADMIN docker's own rules for system calls allow all. */
  static final String CONTAINER =
      "start the container with one of: docker run --device /dev/fuse --cap-add SYS_ADMIN"
          + " --security-opt apparmor=unconfined; podman run --device /dev/fuse --cap-add SYS_ADMIN"
          + " --security-opt unmask=ALL --security-opt label=disable; in a pod:"
          + " securityContext: {privileged: true}. Without it demo, plan, replay, serve, export and"
          + " install-emulator work";

  private final Computer computer;

  private Namespaces(Computer computer) {
    this.computer = computer;
  }

  static Finding of(Computer computer) {
    return new Namespaces(computer).finding();
  }

  /** Tells whether the user has a capability. */
  static boolean hasCapability(Computer computer, int number) {
    return computer
        .read("/proc/self/status")
        .map(EFFECTIVE::matcher)
        .filter(Matcher::find)
        .map(matcher -> Long.parseUnsignedLong(matcher.group(1), 16) >> number & 1)
        .orElse(0L)
        .equals(1L);
  }

  /** Tells whether this is a container of docker, podman or a pod. */
  static boolean isContainer(Computer computer) {
    return computer.exists("/.dockerenv")
        || computer.exists("/run/.containerenv")
        || computer.exists("/var/run/secrets/kubernetes.io")
        || computer
            .read("/proc/self/environ")
            .filter(all -> all.contains("KUBERNETES_SERVICE_HOST="))
            .isPresent();
  }

  private boolean isPrivileged() {
    return computer.isRoot() && hasCapability(computer, SYS_ADMIN);
  }

  private Finding finding() {
    String name = isPrivileged() ? "namespaces" : "user namespaces";
    Optional<String> complaint = complaint("--mount-proc");
    if (complaint.isEmpty()) {
      return Finding.good(name, true, "can be created");
    }
    boolean isMasked = complaint("--fork").isEmpty();
    String found = complaint.get() + (isMasked ? "; parts of /proc are hidden" : "");
    return Finding.bad(name, true, found, mend());
  }

  /** Creates them as a machine does. */
  private Optional<String> complaint(String option) {
    List<String> command = new ArrayList<>(List.of("unshare"));
    if (!isPrivileged()) {
      command.addAll(List.of("--user", "--map-root-user"));
    }
    command.addAll(List.of("--mount", "--propagation", "unchanged", "--pid", "--net", "--ipc"));
    command.addAll(List.of("--uts", "--fork", option, "true"));
    return computer.complaint(command.toArray(String[]::new));
  }

  private String mend() {
    if (isContainer(computer)) {
      return CONTAINER;
    }
    if (isChroot()) {
      return "run as root: inside a chroot the kernel creates no user namespaces";
    }
    if (is("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")) {
      return asRoot("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    }
    if (is("/proc/sys/kernel/unprivileged_userns_clone", "0")) {
      return asRoot("sysctl -w kernel.unprivileged_userns_clone=1");
    }
    if (is("/proc/sys/user/max_user_namespaces", "0")) {
      return asRoot("sysctl -w user.max_user_namespaces=15000");
    }
    return "run as root, with the capability CAP_SYS_ADMIN";
  }

  private boolean isChroot() {
    return computer
        .read("/proc/self/mountinfo")
        .filter(mounts -> !ROOT_MOUNT.matcher(mounts).find())
        .isPresent();
  }

  private boolean is(String setting, String value) {
    return computer.read(setting).map(String::strip).filter(value::equals).isPresent();
  }

  private String asRoot(String command) {
    return computer.isRoot() ? command : "sudo " + command;
  }
}
