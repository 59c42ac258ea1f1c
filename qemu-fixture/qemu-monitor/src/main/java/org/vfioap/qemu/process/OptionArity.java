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
          "blockdev",
          "tb-size",
          "watchdog",
          "bt");
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
  private static final Set<String> OTHER_TARGETS =
      Set.of("no-hpet", "no-acpi", "no-fd-bootchk", "acpitable", "smbios", "win2k-hack");

  private OptionArity() {}

  static boolean takesArgument(String option) throws Exit {
    if (USUAL_WITH.contains(option)) {
      return true;
    }
    if (USUAL_WITHOUT.contains(option)) {
      return false;
    }
    for (String line : Recording.named("cli").lines("options")) {
      if (line.split(" ", 2)[0].equals(option)) {
        return line.endsWith(" argument");
      }
    }
    throw Exit.failing(
        OTHER_TARGETS.contains(option) ? "Option not supported for this target" : "invalid option");
  }
}
