package org.vfioap.translation.plan;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.translation.files.SysfsWrite;
import org.vfioap.translation.nodedev.MdevConfiguration;

/** A mediated device: writes to /sys, or what makes mdevctl do them. */
final class MdevPlan {
  private MdevPlan() {}

  static Plan of(MdevConfiguration mdev, PlanHost host) {
    String uuid = mdev.uuid().orElseThrow().toString();
    List<String> writes = new ArrayList<>();
    mdev.writes().forEach(each -> writes.add(each.toShell()));
    SysfsWrite removal = mdev.removal();
    List<Section> sections = new ArrayList<>();
    sections.addAll(
        List.of(
            new Section("xml", "libvirt's XML", mdev.toNodeDevice().print().lines().toList()),
            new Section("sysfs", "Writes to /sys", writes),
            Section.of("undo", "If one is refused, and to remove it", removal.toShell()),
            Section.of("json", "mdevctl's JSON", mdev.toJson()),
            Section.of(
                "mdevctl",
                "mdevctl",
                "mdevctl define --parent=" + mdev.parent() + " --jsonfile=FILE.json --uuid=" + uuid,
                "mdevctl start --uuid=" + uuid,
                "mdevctl stop --uuid=" + uuid,
                "mdevctl undefine --uuid=" + uuid),
            virsh(mdev.nameInLibvirt().orElseThrow())));
    host.verdict(mdev)
        .ifPresent(
            text -> sections.add(new Section("host", "On this host", text.lines().toList())));
    return new Plan("mdev", uuid, sections);
  }

  private static Section virsh(String name) {
    return Section.of(
        "virsh",
        "virsh",
        "virsh nodedev-define FILE.xml",
        "virsh nodedev-start " + name,
        "virsh nodedev-destroy " + name,
        "virsh nodedev-undefine " + name);
  }
}
