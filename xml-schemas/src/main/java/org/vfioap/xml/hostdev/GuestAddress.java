package org.vfioap.xml.hostdev;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a device stands in the guest: {@code <address type='ccw'>} for vfio-ccw, {@code 'pci'} for
 * vfio-pci. A crypto matrix has none.
 */
@XmlAccessorType(XmlAccessType.FIELD)
public final class GuestAddress {
  @XmlAttribute @Nullable String type;
  @XmlAttribute @Nullable String domain;
  @XmlAttribute @Nullable String bus;
  @XmlAttribute @Nullable String slot;
  @XmlAttribute @Nullable String function;
  @XmlAttribute @Nullable String multifunction;
  @XmlAttribute @Nullable String cssid;
  @XmlAttribute @Nullable String ssid;
  @XmlAttribute @Nullable String devno;
  @XmlElement @Nullable Zpci zpci;

  private GuestAddress() {}

  /** The numbers that s390 gives a PCI device. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Zpci {
    @XmlAttribute @Nullable String uid;
    @XmlAttribute @Nullable String fid;
  }

  /** Returns the kind of address: {@code ccw}, {@code pci}, {@code unassigned}. */
  public Optional<String> type() {
    return Optional.ofNullable(type);
  }
}
