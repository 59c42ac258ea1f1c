package org.vfioap.recording;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vfioap.kernel.KernelProfile;

/**
 * The profile that comes nearest to a recorded kernel: the newest one that is not newer, by the
 * release where it is known, else by the files that newer kernels add.
 *
 * @param release as uname prints it, empty if it is not known
 */
record ProfileChoice(KernelProfile profile, Optional<String> release) {
  private static final Pattern IN_TEXT = Pattern.compile("(?:^|\\s)([0-9]+[.][0-9]+[.][0-9]\\S*)");

  static ProfileChoice of(HostFiles files, Layout layout, Sysfs sysfs) {
    Optional<String> release = release(files, layout.root());
    return new ProfileChoice(
        release.flatMap(KernelProfile::ofRelease).orElseGet(() -> byFiles(sysfs)), release);
  }

  private static Optional<String> release(HostFiles files, String root) {
    return List.of(
            "proc/sys/kernel/osrelease",
            "proc/version",
            "uname",
            "sos_commands/kernel/uname_-a",
            "sos_commands/host/uname_-a")
        .stream()
        .flatMap(path -> files.read(root + path).stream())
        .flatMap(text -> IN_TEXT.matcher(text).results().limit(1))
        .map(match -> match.group(1))
        .findFirst();
  }

  private static KernelProfile byFiles(Sysfs sysfs) {
    List<String> queues =
        sysfs.list("bus/ap/devices").stream().filter(name -> name.contains(".")).toList();
    if (sysfs.exists("bus/ap/bindings_complete_count")) {
      return sysfs.isPublic("module/ap/parameters/apmask")
          ? KernelProfile.LINUX_7_2
          : KernelProfile.LINUX_6_19;
    }
    if (sysfs.exists("devices/vfio_ap/matrix/features")) {
      return KernelProfile.LINUX_6_12;
    }
    boolean hasFunctions =
        queues.stream().anyMatch(q -> sysfs.exists("bus/ap/devices/" + q + "/ap_functions"));
    if (sysfs.exists("bus/ap/features") || hasFunctions) {
      return KernelProfile.LINUX_6_8;
    }
    boolean old = sysfs.exists("class/mdev_bus") && !sysfs.exists("class/vfio-dev");
    return old ? KernelProfile.DOCUMENTED : KernelProfile.LINUX_6_1;
  }
}
