package org.vfioap.machine;

import java.util.List;
import java.util.Optional;
import org.vfioap.ap.ApMask;
import org.vfioap.bus.MaskSyntax;
import org.vfioap.host.BootParameters;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;

/**
 * Reads {@code boot}: the masks on the kernel command line.
 *
 * <p>The kernel takes a malformed mask for an empty one, silently; a file that contains one is
 * wrong.
 */
final class BootReader {
  static final String APMASK = "apmask";
  static final String AQMASK = "aqmask";

  private static final String FORM =
      "up to 64 hexadecimal digits behind 0x, or a relative list such as +0-255,-5-8";

  private BootReader() {}

  static BootParameters read(YamlValue mapping) {
    Fields fields = Fields.of(mapping, "boot", List.of(APMASK, AQMASK));
    return new BootParameters(mask(fields, APMASK), mask(fields, AQMASK));
  }

  private static Optional<String> mask(Fields fields, String key) {
    return fields.get(key).map(value -> mask(value, key));
  }

  private static String mask(YamlValue value, String key) {
    String text = value.text(key, FORM);
    if (!isMask(text)) {
      throw value.position().error(key + " " + Quoted.of(text) + " is not a mask", FORM);
    }
    return text;
  }

  /** Tells whether the kernel accepts the text; a command line has no room for a newline in it. */
  private static boolean isMask(String text) {
    try {
      MaskSyntax.parse(text, ApMask.NONE, KernelProfile.LINUX_6_1);
      return text.indexOf('\n') < 0;
    } catch (KernelRefusal refusal) {
      return false;
    }
  }
}
