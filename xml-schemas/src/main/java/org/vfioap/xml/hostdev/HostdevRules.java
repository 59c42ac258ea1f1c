package org.vfioap.xml.hostdev;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What libvirt checks in a hostdev, in its order. Source: src/conf/domain_conf.c and
 * src/conf/domain_validate.c of libvirt 9.0, and recorded answers of {@code virsh attach-device}.
 */
public final class HostdevRules {
  private static final String NAME = "hostdev";
  private static final List<String> TYPES =
      List.of("usb", "pci", "scsi", "scsi_host", "mdev", "storage", "misc", "net");
  private static final Set<String> SUBSYSTEMS = Set.of("usb", "pci", "scsi", "scsi_host");

  private HostdevRules() {}

  static void check(XmlElement hostdev) {
    checkSyntax(hostdev);
    checkSupport(hostdev);
  }

  /**
   * Checks what libvirt checks while it reads.
   *
   * @throws LibvirtRefusal if it would refuse
   */
  public static void checkSyntax(XmlElement hostdev) {
    if (!hostdev.localName().equals(NAME)) {
      throw hostdev
          .refusal(
              LibvirtError.CONFIG_UNSUPPORTED, "unknown device type '" + hostdev.localName() + "'")
          .withHint("a <hostdev> is expected here");
    }
    checkMode(hostdev);
    checkType(hostdev);
    XmlElement source =
        hostdev
            .first("source")
            .orElseThrow(
                () ->
                    hostdev.refusal(
                        LibvirtError.XML_ERROR, "Missing <source> element in hostdev device"));
    checkWhatOthersHave(hostdev, source);
    Values.required(hostdev, "model", modelNames());
    Values.optional(hostdev, "display", Values.ON_OFF);
    Values.optional(hostdev, "ramfb", Values.ON_OFF);
    checkAddress(source);
    DeviceInfoRules.check(hostdev);
  }

  private static List<String> modelNames() {
    return List.of(MdevModel.values()).stream().map(MdevModel::label).toList();
  }

  private static void checkMode(XmlElement hostdev) {
    Optional<String> mode = hostdev.attribute("mode");
    if (mode.isPresent() && !Set.of("subsystem", "capabilities").contains(mode.get())) {
      throw hostdev
          .refusal(LibvirtError.CONFIG_UNSUPPORTED, "unknown hostdev mode '" + mode.get() + "'")
          .withHint("allowed: subsystem, capabilities");
    }
  }

  private static void checkType(XmlElement hostdev) {
    String type =
        hostdev
            .attribute("type")
            .orElseThrow(
                () -> hostdev.refusal(LibvirtError.XML_ERROR, "missing source address type"));
    boolean subsystem = hostdev.attribute("mode").orElse("subsystem").equals("subsystem");
    if (subsystem && SUBSYSTEMS.contains(type)) {
      throw hostdev
          .refusal(
              LibvirtError.CONFIG_UNSUPPORTED, "hostdev type '" + type + "' is no mediated device")
          .withHint("this program knows type='mdev'");
    }
    if (!subsystem || !type.equals("mdev")) {
      throw hostdev
          .refusal(
              LibvirtError.CONFIG_UNSUPPORTED,
              "unknown host device source address type '" + type + "'")
          .withHint("known to libvirt: " + String.join(", ", TYPES));
    }
  }

  private static void checkWhatOthersHave(XmlElement hostdev, XmlElement source) {
    if (source.attribute("startupPolicy").isPresent()) {
      throw source.refusal(
          LibvirtError.CONFIG_UNSUPPORTED, "Setting startupPolicy is only allowed for USB devices");
    }
    refuseForScsi(hostdev, "sgio", List.of("filtered", "unfiltered"));
    refuseForScsi(hostdev, "rawio", Values.YES_NO);
  }

  private static void refuseForScsi(XmlElement hostdev, String attribute, List<String> allowed) {
    if (Values.optional(hostdev, attribute, allowed).isPresent()) {
      throw hostdev.refusal(
          LibvirtError.XML_ERROR, attribute + " is only supported for scsi host device");
    }
  }

  private static void checkAddress(XmlElement source) {
    XmlElement address =
        source
            .first("address")
            .orElseThrow(
                () -> source.refusal(LibvirtError.CONFIG_UNSUPPORTED, "Missing <address> element"));
    String uuid =
        address
            .attribute("uuid")
            .orElseThrow(
                () ->
                    address.refusal(
                        LibvirtError.CONFIG_UNSUPPORTED,
                        "Missing 'uuid' attribute for element <address>"));
    if (UuidText.read(uuid).isEmpty()) {
      throw address
          .refusal(LibvirtError.INTERNAL_ERROR, "Cannot parse uuid attribute of element <address>")
          .withHint("it is '" + uuid + "'; a UUID has 32 hexadecimal digits");
    }
  }

  /**
   * Checks what libvirt checks when all of a domain is read.
   *
   * @throws LibvirtRefusal if it would refuse
   */
  public static void checkSupport(XmlElement hostdev) {
    String model = hostdev.attribute("model").orElseThrow();
    if (hostdev.first("boot").isPresent() && !model.equals(MdevModel.VFIO_CCW.label())) {
      throw hostdev
          .first("boot")
          .orElseThrow()
          .refusal(
              LibvirtError.CONFIG_UNSUPPORTED,
              "booting from assigned devices is not supported by mediated devices of model "
                  + model);
    }
    Optional<XmlElement> teaming = hostdev.first("teaming");
    if (teaming.flatMap(each -> DeviceInfoRules.nonEmpty(each, "type")).isPresent()) {
      throw teaming
          .get()
          .refusal(
              LibvirtError.CONFIG_UNSUPPORTED, "teaming is only supported for pci hostdev devices");
    }
    checkAddressType(hostdev, model);
  }

  private static void checkAddressType(XmlElement hostdev, String model) {
    Optional<String> type = hostdev.first("address").flatMap(a -> a.attribute("type"));
    String fitting = model.equals("vfio-pci") ? "pci" : "ccw";
    boolean fits = type.isEmpty() || type.get().equals(fitting);
    if (!model.equals("vfio-ap") && !fits && !type.get().equals("unassigned")) {
      throw hostdev.refusal(
          LibvirtError.XML_ERROR,
          "Unsupported address type '"
              + type.get()
              + "' with mediated device model '"
              + model
              + "'");
    }
  }
}
