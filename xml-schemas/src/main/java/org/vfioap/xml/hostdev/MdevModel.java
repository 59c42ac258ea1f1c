package org.vfioap.xml.hostdev;

import jakarta.xml.bind.annotation.XmlEnum;
import jakarta.xml.bind.annotation.XmlEnumValue;
import java.util.Arrays;
import java.util.Optional;

/** Which API of vfio a mediated device has: the attribute {@code model}. */
@XmlEnum
public enum MdevModel {
  /** A graphics card. */
  @XmlEnumValue("vfio-pci")
  VFIO_PCI("vfio-pci"),
  /** A disk behind a channel. */
  @XmlEnumValue("vfio-ccw")
  VFIO_CCW("vfio-ccw"),
  /** A crypto matrix. */
  @XmlEnumValue("vfio-ap")
  VFIO_AP("vfio-ap");

  private final String label;

  MdevModel(String label) {
    this.label = label;
  }

  /** Returns the name in XML, in QEMU and in {@code mdev_type/device_api}. */
  public String label() {
    return label;
  }

  /** Returns the model with this name. */
  public static Optional<MdevModel> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }
}
