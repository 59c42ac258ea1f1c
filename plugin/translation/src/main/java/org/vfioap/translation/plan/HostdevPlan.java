package org.vfioap.translation.plan;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.translation.device.Aliases;
import org.vfioap.translation.device.DeviceArguments;
import org.vfioap.xml.hostdev.Hostdev;

/** A hostdev: no write to /sys, but a device for QEMU. */
final class HostdevPlan {
  private HostdevPlan() {}

  static Plan of(Hostdev hostdev, PlanHost host) {
    DeviceArguments device = DeviceArguments.of(hostdev, Aliases.next(List.of()));
    List<Section> sections = new ArrayList<>();
    String xml = hostdev.asConfigured().print();
    sections.add(new Section("xml", "libvirt's XML", xml.lines().toList()));
    sections.add(checks(hostdev));
    sections.addAll(forms(List.of(device)));
    sections.add(
        Section.of(
            "virsh",
            "virsh",
            "virsh attach-device GUEST FILE.xml --live --config",
            "virsh detach-device GUEST FILE.xml --live --config"));
    if (host.isKnown()) {
      sections.add(Section.of("host", "On this host", host.verdict(hostdev)));
    }
    if (hostdev.isManaged()) {
      sections.add(Section.of("notes", "Note", "managed='yes' has no effect on a mediated device"));
    }
    return new Plan("hostdev", hostdev.uuid().toString(), sections);
  }

  private static Section checks(Hostdev hostdev) {
    String device = DeviceArguments.DEVICES + hostdev.uuid();
    return Section.of(
        "checks",
        "libvirt looks at",
        "/dev/vfio/vfio must exist",
        device + " must exist",
        device + "/mdev_type/device_api must be " + hostdev.model().label(),
        "no other running domain may use it");
  }

  /** Returns the forms in which QEMU is told of devices. */
  static List<Section> forms(List<DeviceArguments> devices) {
    List<String> options = new ArrayList<>();
    List<String> qmp = new ArrayList<>();
    List<String> hmp = new ArrayList<>();
    for (DeviceArguments each : devices) {
      options.add("-device " + each.toOptions());
      options.add("-device '" + each.toJson() + "'");
      qmp.add(each.toQmp());
      qmp.add(DeviceArguments.removalInQmp(each.id().orElseThrow()));
      hmp.add(each.toHmp());
      hmp.add(DeviceArguments.removalInHmp(each.id().orElseThrow()));
    }
    return List.of(
        new Section("device", "QEMU's command line, either form", options),
        new Section("qmp", "QMP, to plug and to unplug", qmp),
        new Section("hmp", "HMP, to plug and to unplug", hmp));
  }
}
