package org.vfioap.xml.hostdev;

import java.util.List;
import java.util.Locale;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.verdict.LibvirtError;

/**
 * What libvirt checks in the address of a device, as far as mediated devices can have one. Source:
 * src/conf/device_conf.c of libvirt 9.0.
 */
final class AddressRules {
  private static final List<String> TYPES =
      List.of(
          "pci",
          "drive",
          "virtio-serial",
          "ccid",
          "usb",
          "spapr-vio",
          "virtio-s390",
          "ccw",
          "virtio-mmio",
          "isa",
          "dimm",
          "unassigned");
  private static final List<String> PCI = List.of("domain", "bus", "slot", "function");
  private static final List<String> CCW = List.of("cssid", "ssid", "devno");
  private static final int CSSID_LIMIT = 0xFE;
  private static final int SSID_LIMIT = 3;
  private static final int DEVNO_LIMIT = 0xFFFF;

  private AddressRules() {}

  static void check(XmlElement address) {
    String type =
        address
            .attribute("type")
            .orElseThrow(
                () ->
                    address
                        .refusal(
                            LibvirtError.INTERNAL_ERROR, "No type specified for device address")
                        .withHint("allowed: " + String.join(", ", TYPES)));
    if (!TYPES.contains(type)) {
      throw address
          .refusal(LibvirtError.CONFIG_UNSUPPORTED, "unknown address type '" + type + "'")
          .withHint("allowed: " + String.join(", ", TYPES));
    }
    if (type.equals("pci")) {
      checkPci(address);
    } else if (type.equals("ccw")) {
      checkCcw(address);
    }
  }

  private static long number(XmlElement address, String attribute) {
    return Values.optionalNumber(address, attribute, 0).orElse(0L);
  }

  private static void checkPci(XmlElement address) {
    PCI.forEach(each -> number(address, each));
    refuseAbove(address, "bus", 0xFF, "='0x%x', must be <= 0xFF");
    refuseAbove(address, "slot", 0x1F, "='0x%x', must be <= 0x1F");
    refuseAbove(address, "function", 7, "=0x%x, must be <= 7");
  }

  private static void refuseAbove(XmlElement address, String attribute, int limit, String text) {
    long value = number(address, attribute);
    if (value > limit) {
      throw address.refusal(
          LibvirtError.XML_ERROR,
          "Invalid PCI address " + attribute + String.format(Locale.ROOT, text, value));
    }
  }

  private static void checkCcw(XmlElement address) {
    CCW.forEach(each -> number(address, each));
    long cssid = number(address, "cssid");
    long ssid = number(address, "ssid");
    long devno = number(address, "devno");
    if (cssid > CSSID_LIMIT || ssid > SSID_LIMIT || devno > DEVNO_LIMIT) {
      throw address.refusal(
          LibvirtError.INTERNAL_ERROR,
          String.format(
              "Invalid specification for virtio ccw address: cssid='0x%x' ssid='0x%x'"
                  + " devno='0x%04x'",
              cssid, ssid, devno));
    }
    long given = CCW.stream().filter(each -> address.attribute(each).isPresent()).count();
    if (given != 0 && given != CCW.size()) {
      throw address.refusal(
          LibvirtError.INTERNAL_ERROR, "Invalid partial specification for virtio ccw address");
    }
  }
}
