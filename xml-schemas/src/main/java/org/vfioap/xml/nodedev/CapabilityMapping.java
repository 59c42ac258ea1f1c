package org.vfioap.xml.nodedev;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vfioap.xml.hostdev.UuidText;
import org.vfioap.xml.nodedev.CapabilityParts.AttributeParts;
import org.vfioap.xml.nodedev.CapabilityParts.IommuGroup;
import org.vfioap.xml.nodedev.CapabilityParts.TypeParts;

/** Capabilities as JAXB has them, and as values. */
final class CapabilityMapping {
  private CapabilityMapping() {}

  static Capability read(CapabilityParts parts) {
    String type = text(parts.type);
    return switch (type) {
      case "mdev" -> mdev(parts);
      case "ap_card" -> new Capability.ApCard(number(parts.adapter));
      case "ap_queue" -> new Capability.ApQueue(number(parts.adapter), number(parts.domain));
      case "ap_matrix" ->
          new Capability.ApMatrix(
              parts.capabilities.stream()
                  .filter(each -> "mdev_types".equals(each.type))
                  .flatMap(each -> each.types.stream())
                  .map(CapabilityMapping::type)
                  .toList());
      default -> new Capability.Other(type);
    };
  }

  private static Capability mdev(CapabilityParts parts) {
    return new Capability.Mdev(
        text(parts.types.get(0).id),
        given(parts.uuid).flatMap(UuidText::read),
        given(parts.parentAddress),
        parts.iommuGroup == null || parts.iommuGroup.number == null
            ? OptionalInt.empty()
            : OptionalInt.of(number(parts.iommuGroup.number)),
        parts.attributes.stream()
            .map(each -> new MdevAttribute(text(each.name), text(each.value)))
            .toList());
  }

  private static MdevType type(TypeParts parts) {
    return new MdevType(
        text(parts.id),
        given(parts.name),
        text(parts.deviceApi),
        Long.parseLong(text(parts.availableInstances).strip()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(each -> !each.isEmpty());
  }

  private static int number(@Nullable String text) {
    return Long.decode(text(text).strip()).intValue();
  }

  static CapabilityParts write(Capability capability) {
    CapabilityParts parts = new CapabilityParts();
    parts.type = capability.type();
    if (capability instanceof Capability.Mdev mdev) {
      writeMdev(mdev, parts);
    } else if (capability instanceof Capability.ApCard card) {
      parts.adapter = hex(card.adapter(), 2);
    } else if (capability instanceof Capability.ApQueue queue) {
      parts.adapter = hex(queue.adapter(), 2);
      parts.domain = hex(queue.domain(), 4);
    } else if (capability instanceof Capability.ApMatrix matrix && !matrix.types().isEmpty()) {
      parts.capabilities.add(writeTypes(matrix.types()));
    }
    return parts;
  }

  private static String hex(int number, int digits) {
    return String.format(Locale.ROOT, "0x%0" + digits + "x", number);
  }

  private static void writeMdev(Capability.Mdev mdev, CapabilityParts parts) {
    TypeParts type = new TypeParts();
    type.id = mdev.typeId();
    parts.types.add(type);
    parts.uuid = mdev.uuid().map(Object::toString).orElse(null);
    parts.parentAddress = mdev.parentAddress().orElse(null);
    mdev.iommuGroup()
        .ifPresent(
            number -> {
              parts.iommuGroup = new IommuGroup();
              parts.iommuGroup.number = String.valueOf(number);
            });
    for (MdevAttribute each : mdev.attributes()) {
      AttributeParts attribute = new AttributeParts();
      attribute.name = each.name();
      attribute.value = each.value();
      parts.attributes.add(attribute);
    }
  }

  private static CapabilityParts writeTypes(List<MdevType> types) {
    CapabilityParts parts = new CapabilityParts();
    parts.type = "mdev_types";
    parts.types = types.stream().map(CapabilityMapping::writeType).collect(Collectors.toList());
    return parts;
  }

  private static TypeParts writeType(MdevType type) {
    TypeParts parts = new TypeParts();
    parts.id = type.id();
    parts.name = type.name().orElse(null);
    parts.deviceApi = type.deviceApi();
    parts.availableInstances = String.valueOf(type.availableInstances());
    return parts;
  }
}
