package org.vfioap.xml.nodedev;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code <capability>} with all that one of our kinds can contain, in libvirt's order. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
    propOrder = {
      "types",
      "uuid",
      "parentAddress",
      "iommuGroup",
      "attributes",
      "adapter",
      "domain",
      "capabilities"
    })
final class CapabilityParts {
  @XmlAttribute @Nullable String type;

  @XmlElement(name = "type")
  List<TypeParts> types = new ArrayList<>();

  @Nullable String uuid;

  @XmlElement(name = "parent_addr")
  @Nullable String parentAddress;

  @Nullable IommuGroup iommuGroup;

  @XmlElement(name = "attr")
  List<AttributeParts> attributes = new ArrayList<>();

  @XmlElement(name = "ap-adapter")
  @Nullable String adapter;

  @XmlElement(name = "ap-domain")
  @Nullable String domain;

  @XmlElement(name = "capability")
  List<CapabilityParts> capabilities = new ArrayList<>();

  /** {@code <type id=''>}, empty or with what a parent says of it. */
  @XmlAccessorType(XmlAccessType.FIELD)
  @XmlType(propOrder = {"name", "deviceApi", "availableInstances"})
  static final class TypeParts {
    @XmlAttribute @Nullable String id;
    @Nullable String name;

    @XmlElement(name = "deviceAPI")
    @Nullable String deviceApi;

    @Nullable String availableInstances;
  }

  /** {@code <iommuGroup number=''/>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class IommuGroup {
    @XmlAttribute @Nullable String number;
  }

  /** {@code <attr name='' value=''/>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class AttributeParts {
    @XmlAttribute @Nullable String name;
    @XmlAttribute @Nullable String value;
  }
}
