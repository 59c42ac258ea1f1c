package org.vfioap.cli.translation;

import java.util.Set;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.xml.hostdev.Hostdev;

/** A domain, changed by libvirt. */
record LibvirtTarget(LibvirtHost libvirt, String domain, Set<DeviceScope> scopes)
    implements GuestTarget {

  @Override
  public void attach(Hostdev hostdev) {
    libvirt.attach(domain, hostdev, scopes);
  }

  @Override
  public void detach(Hostdev hostdev) {
    libvirt.detach(domain, hostdev, scopes);
  }

  @Override
  public void detachAlias(String alias) {
    libvirt.detachAlias(domain, alias);
  }

  @Override
  public void close() {
    libvirt.close();
  }
}
