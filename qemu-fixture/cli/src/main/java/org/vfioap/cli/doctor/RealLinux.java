package org.vfioap.cli.doctor;

import java.util.Map;
import org.vfioap.doctor.Computer;
import org.vfioap.doctor.Finding;
import org.vfioap.plugin.RealQemu;
import org.vfioap.plugin.RealQemuException;

/** What {@code vfioap boot} needs: a QEMU that loads the plugin, and a compiler that builds it. */
final class RealLinux {
  private RealLinux() {}

  static Finding qemu(Map<String, String> environment) {
    String name = "QEMU for boot";
    try {
      RealQemu qemu = RealQemu.find(environment);
      return new Finding(name, true, false, qemu.program() + ", " + qemu.version(), "");
    } catch (RealQemuException none) {
      String found = "no qemu-system-s390x of version 11.0 or newer";
      return new Finding(name, false, false, found, "vfioap fetch-linux");
    }
  }

  static Finding compiler(Computer computer) {
    return computer
        .program("cc")
        .map(path -> new Finding("cc", true, false, path, ""))
        .orElseGet(
            () ->
                new Finding(
                    "cc",
                    false,
                    false,
                    "not installed; it builds the plugin of 'vfioap boot'",
                    "install a C compiler, on Debian and Ubuntu: apt-get install gcc libc6-dev"));
  }
}
