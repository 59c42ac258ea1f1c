package org.vfioap.cli.translation;

import org.vfioap.junit.Fixture;
import org.vfioap.junit.VfioAp;
import org.vfioap.translation.libvirt.LibvirtHost;

/** The flows on an emulated host and emulated QEMUs, all in this process. */
@VfioAp("document")
class EmulatedLibvirtTest extends LibvirtFlows {
  private final LibvirtHost libvirt;

  EmulatedLibvirtTest(Fixture fixture, LibvirtHost libvirt) {
    fixture.write("/sys/bus/ap/apmask", "-5,-6");
    this.libvirt = libvirt;
  }

  @Override
  LibvirtHost libvirt() {
    return libvirt;
  }

  @Override
  String emulator() {
    return "/usr/bin/qemu-system-s390x";
  }
}
