package org.vfioap.xml.domain;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlValue;
import org.jspecify.annotations.Nullable;

/** What this program knows of {@code <domain>}; CPU and hostdevs have classes of their own. */
@XmlRootElement(name = "domain")
@XmlAccessorType(XmlAccessType.FIELD)
final class DomainParts {
  @XmlAttribute @Nullable String type;
  @XmlAttribute @Nullable String id;
  @Nullable String name;
  @Nullable String uuid;
  @Nullable Amount memory;
  @Nullable Memtune memtune;
  @Nullable String vcpu;
  @Nullable Os os;
  @Nullable Devices devices;

  /** {@code <memtune>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Memtune {
    @XmlElement(name = "hard_limit")
    @Nullable Amount hardLimit;
  }

  /** {@code <os>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Os {
    @Nullable OsType type;
  }

  /** {@code <type arch='' machine=''>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class OsType {
    @XmlAttribute @Nullable String arch;
    @XmlAttribute @Nullable String machine;
    @XmlValue @Nullable String name;
  }

  /** {@code <devices>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Devices {
    @Nullable String emulator;
  }
}
