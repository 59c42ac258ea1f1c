package org.vfioap.xml.hostdev;

import java.util.List;
import java.util.Optional;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What libvirt checks in the elements that every device can have: boot, rom, acpi, address. Source:
 * virDomainDeviceInfoParseXML of libvirt 9.0.
 */
final class DeviceInfoRules {
  private static final int MAXIMUM_LOADPARM = 8;

  private DeviceInfoRules() {}

  static void check(XmlElement device) {
    device.first("boot").ifPresent(DeviceInfoRules::checkBoot);
    device.first("rom").ifPresent(DeviceInfoRules::checkRom);
    device.first("acpi").ifPresent(acpi -> Values.optionalNumber(acpi, "index", 10));
    device.first("address").ifPresent(AddressRules::check);
    device.first("teaming").ifPresent(DeviceInfoRules::checkTeaming);
  }

  private static void checkBoot(XmlElement boot) {
    Values.requiredNonZero(boot, "order");
    boot.attribute("loadparm").ifPresent(loadparm -> checkLoadparm(boot, loadparm));
  }

  private static void checkLoadparm(XmlElement boot, String text) {
    String loadparm = asciiUpperCase(text);
    if (loadparm.isEmpty() || loadparm.length() > MAXIMUM_LOADPARM) {
      throw boot.refusal(
          LibvirtError.INTERNAL_ERROR,
          "loadparm value '" + loadparm + "' must be between 1 and 8 characters");
    }
    if (!loadparm.matches("[A-Z0-9. ]*")) {
      throw boot.refusal(
          LibvirtError.INTERNAL_ERROR,
          "invalid loadparm value '"
              + loadparm
              + "', expecting chars in set of [a-zA-Z0-9.] and blank spaces");
    }
  }

  private static String asciiUpperCase(String text) {
    StringBuilder upper = new StringBuilder();
    text.chars().map(c -> c < 128 ? Character.toUpperCase(c) : c).forEach(upper::appendCodePoint);
    return upper.toString();
  }

  private static void checkRom(XmlElement rom) {
    boolean disabled =
        Values.optional(rom, "enabled", Values.YES_NO).filter("no"::equals).isPresent();
    boolean tuned =
        Values.optional(rom, "bar", Values.ON_OFF).isPresent() || rom.attribute("file").isPresent();
    if (disabled && tuned) {
      throw rom.refusal(
          LibvirtError.CONFIG_UNSUPPORTED, "ROM tuning is not supported when ROM is disabled");
    }
  }

  private static void checkTeaming(XmlElement teaming) {
    Optional<String> type = nonEmpty(teaming, "type");
    Optional<String> persistent = nonEmpty(teaming, "persistent");
    if (type.isEmpty() && persistent.isEmpty()) {
      return;
    }
    if (!List.of("persistent", "transient").contains(type.orElse(""))) {
      throw unsupported(teaming, "unknown teaming type '" + type.orElse("(null)") + "'");
    }
    if (type.get().equals("persistent")) {
      throw unsupported(teaming, "teaming hostdev devices must have type='transient'");
    }
    if (persistent.isEmpty()) {
      throw unsupported(
          teaming, "missing required persistent attribute in hostdev teaming element");
    }
  }

  static Optional<String> nonEmpty(XmlElement element, String attribute) {
    return element.attribute(attribute).filter(value -> !value.isEmpty());
  }

  private static LibvirtRefusal unsupported(XmlElement element, String text) {
    return element.refusal(LibvirtError.CONFIG_UNSUPPORTED, text);
  }
}
