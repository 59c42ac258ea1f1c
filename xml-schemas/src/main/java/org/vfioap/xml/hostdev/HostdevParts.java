package org.vfioap.xml.hostdev;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.adapters.XmlJavaTypeAdapter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The elements inside {@code <hostdev>}. */
final class HostdevParts {
  private HostdevParts() {}

  /** {@code <source>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Source {
    @Nullable SourceAddress address;
  }

  /** {@code <address uuid=''/>} of a source. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class SourceAddress {
    @XmlAttribute
    @XmlJavaTypeAdapter(UuidAdapter.class)
    @Nullable UUID uuid;
  }

  /** {@code <boot order='' loadparm=''/>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Boot {
    @XmlAttribute @Nullable Long order;
    @XmlAttribute @Nullable String loadparm;
  }

  /** {@code <alias name=''/>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Alias {
    @XmlAttribute @Nullable String name;
  }

  /** {@code <rom enabled='' bar='' file=''/>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Rom {
    @XmlAttribute @Nullable String enabled;
    @XmlAttribute @Nullable String bar;
    @XmlAttribute @Nullable String file;
  }

  /** {@code <acpi index=''/>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Acpi {
    @XmlAttribute @Nullable Long index;
  }

  /**
   * {@code <driver name='' iommufd=''/>}: accepted for every hostdev, without effect on an mdev.
   */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Driver {
    @XmlAttribute @Nullable String name;
    @XmlAttribute @Nullable String iommufd;
  }

  /** An element that says all by being there. */
  static final class Flag {}
}
