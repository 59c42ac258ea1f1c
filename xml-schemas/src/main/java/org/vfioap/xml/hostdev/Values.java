package org.vfioap.xml.hostdev;

import java.util.List;
import java.util.Optional;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** Attributes with a closed set of values, and numbers, with libvirt's texts. */
public final class Values {
  /** The values of a switch. */
  public static final List<String> ON_OFF = List.of("on", "off");

  /** The answers to a question. */
  public static final List<String> YES_NO = List.of("yes", "no");

  private Values() {}

  /**
   * Returns an attribute that must be there.
   *
   * @throws LibvirtRefusal if it is missing or has another value
   */
  public static String required(XmlElement element, String attribute, List<String> allowed) {
    return optional(element, attribute, allowed)
        .orElseThrow(() -> missing(element, attribute).withHint("allowed: " + join(allowed)));
  }

  private static String join(List<String> allowed) {
    return String.join(", ", allowed);
  }

  private static LibvirtRefusal missing(XmlElement element, String attribute) {
    return element.refusal(
        LibvirtError.XML_ERROR,
        String.format(
            "Missing required attribute '%s' in element '%s'", attribute, element.name()));
  }

  /**
   * Returns an attribute that may be absent.
   *
   * @throws LibvirtRefusal if it has another value
   */
  public static Optional<String> optional(
      XmlElement element, String attribute, List<String> allowed) {
    Optional<String> value = element.attribute(attribute);
    if (value.isPresent() && !allowed.contains(value.get())) {
      throw invalid(element, attribute, "'" + value.get() + "'.")
          .withHint("allowed: " + join(allowed));
    }
    return value;
  }

  private static LibvirtRefusal invalid(XmlElement element, String attribute, String what) {
    return element.refusal(
        LibvirtError.XML_ERROR,
        String.format(
            "Invalid value for attribute '%s' in element '%s': %s",
            attribute, element.name(), what));
  }

  /**
   * Returns a number from 1 to 4294967295 that must be there.
   *
   * @throws LibvirtRefusal if it is missing, no number or zero
   */
  public static long requiredNonZero(XmlElement element, String attribute) {
    if (element.attribute(attribute).isEmpty()) {
      throw missing(element, attribute);
    }
    long number = optionalNumber(element, attribute, 10).orElse(0L);
    if (number == 0) {
      throw invalid(element, attribute, "Zero is not permitted");
    }
    return number;
  }

  /**
   * Returns a number from 0 to 4294967295.
   *
   * @param base 10, or 0 for one that begins with 0x or 0 where it is hexadecimal or octal
   */
  static Optional<Long> optionalNumber(XmlElement element, String attribute, int base) {
    Optional<String> value = element.attribute(attribute);
    Optional<Long> number = value.flatMap(text -> UnsignedText.read(text, base));
    if (value.isPresent() && number.isEmpty()) {
      throw invalid(
          element, attribute, "'" + value.get() + "'. Expected non-negative integer value");
    }
    return number;
  }
}
