package org.vfioap.xml.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.vfioap.xml.document.Indentation;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.document.XmlNode;
import org.vfioap.xml.hostdev.Hostdev;

/** The element {@code <devices>} with hostdevs added and removed. */
final class DeviceList {
  /** What libvirt prints behind hostdevs. Source: src/conf/domain_conf.c of libvirt 9.0. */
  private static final List<String> BEHIND =
      List.of(
          "redirdev",
          "redirfilter",
          "hub",
          "watchdog",
          "memballoon",
          "rng",
          "nvram",
          "panic",
          "shmem",
          "memory",
          "iommu",
          "vsock",
          "crypto");

  private final XmlElement devices;

  private DeviceList(XmlElement devices) {
    this.devices = devices;
  }

  static DeviceList of(XmlElement domain) {
    return new DeviceList(domain.first("devices").orElse(XmlElement.named("devices")));
  }

  XmlElement with(XmlElement hostdev) {
    List<XmlNode> children = new ArrayList<>(devices.children());
    int index = place(children);
    children.add(index, Indentation.of(hostdev, 2));
    children.add(index, Indentation.newline(2));
    if (devices.children().isEmpty()) {
      children.add(Indentation.newline(1));
    }
    return devices.withChildren(children);
  }

  /** Behind the last hostdev, or else before what libvirt prints later, with its white space. */
  private static int place(List<XmlNode> children) {
    int afterLast = 0;
    int first = children.size();
    for (int i = children.size() - 1; i >= 0; i--) {
      if (children.get(i) instanceof XmlElement element) {
        if (element.is("hostdev")) {
          return i + 1;
        }
        afterLast = Math.max(afterLast, i + 1);
        first = BEHIND.contains(element.name()) ? i : first;
      }
    }
    boolean indented = first < children.size() && first > 0;
    return indented && !(children.get(first - 1) instanceof XmlElement)
        ? first - 1
        : Math.min(first, afterLast);
  }

  XmlElement without(UUID uuid) {
    XmlElement changed = devices;
    for (XmlElement each : devices.elements().filter(Hostdev::describes).toList()) {
      if (Hostdev.of(each).uuid().equals(uuid)) {
        changed = changed.without(each);
      }
    }
    return changed;
  }
}
