package org.vfioap.qemu.process;

import java.util.Set;
import org.vfioap.qemu.recording.Recording;

/** Which options exist and which take an argument: the usual ones here, the rest as recorded. */
final class OptionArity {
  private static final Set<String> USUAL_WITH =
      Set.of(
          "machine",
          "M",
          "accel",
          "cpu",
          "m",
          "smp",
          "name",
          "uuid",
          "qmp",
          "qmp-pretty",
          "monitor",
          "chardev",
          "mon",
          "device",
          "object",
          "display",
          "pidfile",
          "sandbox",
          "overcommit",
          "rtc",
          "boot",
          "audiodev",
          "msg",
          "netdev",
          "drive",
          "global",
          "action",
          "incoming",
          "add-fd",
          "serial",
          "vga",
          "net",
          "nic",
          "blockdev");
  private static final Set<String> USUAL_WITHOUT =
      Set.of(
          "S",
          "nodefaults",
          "no-user-config",
          "nographic",
          "daemonize",
          "no-shutdown",
          "no-reboot",
          "only-migratable",
          "enable-kvm",
          "version",
          "h",
          "help",
          "snapshot",
          "usb",
          "preconfig");

  /** Options of other targets, refused only when their turn comes. */
  private static final Set<String> FOREIGN_WITH =
      Set.of("acpitable", "smbios", "g", "prom-env", "xen-domid", "semihosting-config");

  private static final Set<String> FOREIGN_WITHOUT =
      Set.of(
          "no-hpet",
          "no-acpi",
          "no-fd-bootchk",
          "win2k-hack",
          "semihosting",
          "xen-attach",
          "xen-domid-restrict");

  private OptionArity() {}

  static boolean takesArgument(String option) throws Exit {
    if (USUAL_WITH.contains(option) || FOREIGN_WITH.contains(option)) {
      return true;
    }
    if (USUAL_WITHOUT.contains(option) || FOREIGN_WITHOUT.contains(option)) {
      return false;
    }
    for (String line : Recording.named("cli").lines("options")) {
      if (line.split(" ", 2)[0].equals(option)) {
        return line.endsWith(" argument");
      }
    }
    throw Exit.failing("invalid option");
  }

  /** Says whether an option is for other targets only. */
  static boolean isForeign(String option) {
    return FOREIGN_WITH.contains(option) || FOREIGN_WITHOUT.contains(option);
  }
}
