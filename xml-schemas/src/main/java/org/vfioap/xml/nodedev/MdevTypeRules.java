package org.vfioap.xml.nodedev;

import java.util.Optional;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.hostdev.UnsignedText;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** What libvirt checks in the types of mediated devices that a parent names. */
final class MdevTypeRules {
  private MdevTypeRules() {}

  static void check(XmlElement parent) {
    parent.all("capability").forEach(MdevTypeRules::checkInner);
  }

  private static void checkInner(XmlElement capability) {
    String type =
        capability
            .attribute("type")
            .orElseThrow(
                () -> capability.refusal(LibvirtError.XML_ERROR, "Missing capability type"));
    if (type.equals("mdev_types")) {
      capability.all("type").forEach(MdevTypeRules::checkType);
    }
  }

  private static void checkType(XmlElement type) {
    String id =
        type.attribute("id")
            .filter(text -> !text.isEmpty())
            .orElseThrow(
                () -> refusal(type, "missing 'id' attribute for mediated device's <type> element"));
    if (NodeDeviceRules.text(type, "deviceAPI").isEmpty()) {
      throw refusal(type, "missing device API for mediated device type '" + id + "'");
    }
    Optional<Long> instances =
        NodeDeviceRules.text(type, "availableInstances")
            .flatMap(text -> UnsignedText.read(text, 10));
    if (instances.isEmpty()) {
      throw refusal(
          type, "missing number of available instances for mediated device type '" + id + "'");
    }
  }

  private static LibvirtRefusal refusal(XmlElement element, String detail) {
    return element.refusal(LibvirtError.XML_ERROR, detail);
  }
}
