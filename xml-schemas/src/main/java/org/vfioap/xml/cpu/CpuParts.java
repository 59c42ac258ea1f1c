package org.vfioap.xml.cpu;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlValue;
import org.jspecify.annotations.Nullable;

/** The elements inside {@code <cpu>}. */
final class CpuParts {
  private CpuParts() {}

  /** {@code <model fallback='' vendor_id=''>NAME</model>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Model {
    @XmlAttribute @Nullable String fallback;

    @XmlAttribute(name = "vendor_id")
    @Nullable String vendorId;

    @XmlValue @Nullable String name;
  }

  /** {@code <feature policy='' name=''/>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Feature {
    @XmlAttribute @Nullable String policy;
    @XmlAttribute @Nullable String name;
  }
}
