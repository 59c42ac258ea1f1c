package org.vfioap.cli.translation;

import java.util.List;
import java.util.Optional;
import org.vfioap.translation.device.Aliases;
import org.vfioap.translation.device.DeviceArguments;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.translation.libvirt.MonitorLanguage;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A domain, changed behind libvirt's back: it notices what is unplugged, not what is plugged. */
record LibvirtMonitorTarget(LibvirtHost libvirt, String domain) implements GuestTarget {

  private List<Hostdev> hostdevs() {
    return libvirt.dump(domain, DeviceScope.LIVE).hostdevs();
  }

  private void send(String line) {
    String answer = libvirt.monitor(domain, line, MonitorLanguage.HMP).strip();
    if (!answer.isEmpty()) {
      throw LibvirtRefusal.of(LibvirtError.XML_DETAIL, answer);
    }
  }

  @Override
  public void attach(Hostdev hostdev) {
    List<String> taken = hostdevs().stream().map(Hostdev::alias).flatMap(Optional::stream).toList();
    send(DeviceArguments.of(hostdev, Aliases.next(taken)).toHmp());
  }

  @Override
  public void detach(Hostdev hostdev) {
    detachAlias(
        hostdevs().stream()
            .filter(each -> each.uuid().equals(hostdev.uuid()))
            .findFirst()
            .flatMap(Hostdev::alias)
            .orElse("hostdev0"));
  }

  @Override
  public void detachAlias(String alias) {
    send(DeviceArguments.removalInHmp(alias));
  }

  @Override
  public void close() {
    libvirt.close();
  }
}
