package org.vfioap.xml.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a guest wants of a CPU feature: the attribute {@code policy}. */
public enum CpuFeaturePolicy {
  /** It has it, whether or not the host does. */
  FORCE,
  /** It has it, or does not start. */
  REQUIRE,
  /** It has it if the host does; not for s390x. */
  OPTIONAL,
  /** It does not have it. */
  DISABLE,
  /** It does not have it, and does not start on a host that does. */
  FORBID;

  /** Returns the value of the attribute. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(CpuFeaturePolicy::label).toList();
  }

  static Optional<CpuFeaturePolicy> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }
}
