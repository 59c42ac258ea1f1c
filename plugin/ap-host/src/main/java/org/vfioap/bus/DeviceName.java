package org.vfioap.bus;

import java.util.Optional;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.Apqn;

/**
 * The name of a card or queue device.
 *
 * @param adapter 0 to 255
 * @param domain 0 to 255, or -1 for the card itself
 */
record DeviceName(int adapter, int domain) {

  /** Reads {@code card05} or {@code 05.0004}; empty for any other text. */
  static Optional<DeviceName> parse(String name) {
    if (!isLikely(name)) {
      return Optional.empty();
    }
    try {
      if (name.startsWith("card")) {
        return Optional.of(new DeviceName(AdapterId.parse(name.substring(4)).number(), -1));
      }
      Apqn apqn = Apqn.parse(name);
      return Optional.of(new DeviceName(apqn.adapter().number(), apqn.domain().number()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Most names in a directory are those of attributes, and exceptions take long. */
  private static boolean isLikely(String name) {
    return name.startsWith("card") || (name.length() == 7 && name.charAt(2) == '.');
  }
}
