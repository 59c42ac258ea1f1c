package org.vfioap.xml.nodedev;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.document.XmlNode;
import org.vfioap.xml.hostdev.UnsignedText;
import org.vfioap.xml.hostdev.UuidText;
import org.vfioap.xml.hostdev.Values;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What libvirt checks in a node device, in its order. Source: src/conf/node_device_conf.c of
 * libvirt 9.0, and recorded answers of {@code virsh nodedev-create}.
 */
final class NodeDeviceRules {
  /** A device to create has no name yet, whatever is written. */
  private static final String NEW = "'new device'";

  private static final Set<String> REPEATED = Set.of("attr", "type");
  private static final Set<String> CONTAINERS = Set.of("device", "driver", "capability", "type");
  private static final long LAST_DOMAIN = 255;
  private static final List<String> TYPES =
      List.of(
          "system",
          "pci",
          "usb_device",
          "usb",
          "net",
          "scsi_host",
          "scsi_target",
          "scsi",
          "storage",
          "fc_host",
          "vports",
          "scsi_generic",
          "drm",
          "mdev_types",
          "mdev",
          "ccw",
          "css",
          "vdpa",
          "ap_card",
          "ap_queue",
          "ap_matrix",
          "vpd");

  private NodeDeviceRules() {}

  /** Returns the element with the first child of each name only, except where all count. */
  static XmlElement withoutRest(XmlElement element) {
    Set<String> seen = new HashSet<>();
    List<XmlNode> kept =
        !CONTAINERS.contains(element.localName())
            ? element.withTextOnly().children()
            : element
                .elements()
                .filter(each -> each.namespace().isEmpty())
                .filter(each -> REPEATED.contains(each.name()) || seen.add(each.name()))
                .map(each -> (XmlNode) withoutRest(each))
                .toList();
    return new XmlElement(element.localName(), "", element.attributes(), kept, element.position());
  }

  static void check(XmlElement device) {
    if (!device.localName().equals("device")) {
      throw device.refusal(
          LibvirtError.XML_ERROR,
          "expecting root element of 'device', not '" + device.localName() + "'");
    }
    device.first("parent").ifPresent(NodeDeviceRules::checkParent);
    XmlElement capability =
        device
            .first("capability")
            .orElseThrow(
                () ->
                    device
                        .refusal(LibvirtError.INTERNAL_ERROR, "no device capabilities for " + NEW)
                        .withHint("add a <capability>"));
    String type = Values.required(capability, "type", TYPES);
    checkCapability(capability, type);
  }

  private static void checkCapability(XmlElement capability, String type) {
    switch (type) {
      case "mdev" -> checkMdev(capability);
      case "ap_card" -> adapter(capability);
      case "ap_queue" -> {
        adapter(capability);
        domain(capability);
      }
      case "ap_matrix" -> MdevTypeRules.check(capability);
      default -> {}
    }
  }

  static Optional<String> text(XmlElement element, String child) {
    return element.first(child).map(XmlElement::text).filter(text -> !text.isEmpty());
  }

  private static LibvirtRefusal unsupported(XmlElement element, String detail) {
    return element.refusal(LibvirtError.CONFIG_UNSUPPORTED, detail);
  }

  private static void checkMdev(XmlElement capability) {
    Optional<String> id =
        capability.first("type").flatMap(type -> type.attribute("id")).filter(t -> !t.isEmpty());
    if (id.isEmpty()) {
      throw unsupported(capability, "missing type id attribute for " + NEW)
          .withHint("a crypto matrix has <type id='vfio_ap-passthrough'/>");
    }
    Optional<String> uuid = text(capability, "uuid");
    if (uuid.isPresent() && UuidText.read(uuid.get()).isEmpty()) {
      throw capability
          .first("uuid")
          .orElseThrow()
          .refusal(
              LibvirtError.INTERNAL_ERROR, "Invalid uuid '" + uuid.get() + "' for new mdev device");
    }
    capability.first("iommuGroup").ifPresent(NodeDeviceRules::checkGroup);
  }

  private static void checkGroup(XmlElement group) {
    Optional<String> number = group.attribute("number");
    if (number.isPresent() && UnsignedText.read(number.get(), 0).isEmpty()) {
      throw group.refusal(
          LibvirtError.INTERNAL_ERROR, "invalid iommuGroup number attribute for " + NEW);
    }
  }

  private static long number(XmlElement capability, String child) {
    String text =
        text(capability, child)
            .orElseThrow(() -> unsupported(capability, "missing " + child + " value for " + NEW));
    return UnsignedText.read(text, 0)
        .orElseThrow(
            () ->
                unsupported(capability, "invalid " + child + " value '" + text + "' for " + NEW)
                    .withHint("a number such as 5 or 0x05"));
  }

  private static void adapter(XmlElement capability) {
    number(capability, "ap-adapter");
  }

  private static void domain(XmlElement capability) {
    if (number(capability, "ap-domain") > LAST_DOMAIN) {
      String text = text(capability, "ap-domain").orElseThrow();
      throw unsupported(capability, "ap-domain value '" + text + "' is out of range for " + NEW)
          .withHint("allowed: 0 to 255");
    }
  }

  private static void checkParent(XmlElement parent) {
    Optional<String> wwnn = parent.attribute("wwnn");
    if (wwnn.isPresent() && parent.attribute("wwpn").isEmpty()) {
      throw parent.refusal(
          LibvirtError.XML_ERROR,
          "when providing parent wwnn='" + wwnn.get() + "', the wwpn must also be provided");
    }
  }
}
