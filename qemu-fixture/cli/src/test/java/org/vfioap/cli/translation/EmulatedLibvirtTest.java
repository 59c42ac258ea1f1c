package org.vfioap.cli.translation;

import org.junit.jupiter.api.AfterEach;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;
import org.vfioap.translation.emulated.EmulatedLibvirt;
import org.vfioap.translation.libvirt.LibvirtHost;

/** The flows on an emulated host and emulated QEMUs, all in this process. */
class EmulatedLibvirtTest extends LibvirtFlows {
  private final ApHost host = Machine.preset("document").boot();
  private final LibvirtHost libvirt;

  EmulatedLibvirtTest() {
    host.sysfs().write("/sys/bus/ap/apmask", "-5,-6\n");
    libvirt = EmulatedLibvirt.on(host);
  }

  @Override
  LibvirtHost libvirt() {
    return libvirt;
  }

  @Override
  String emulator() {
    return "/usr/bin/qemu-system-s390x";
  }

  @AfterEach
  void close() {
    libvirt.close();
  }
}
