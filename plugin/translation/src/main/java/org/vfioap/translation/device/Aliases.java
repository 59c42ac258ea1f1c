package org.vfioap.translation.device;

import java.util.Collection;

/**
 * The aliases that libvirt gives hostdevs: {@code hostdev0} and on. Source: src/qemu/qemu_alias.c
 * of libvirt 9.0.
 */
public final class Aliases {
  private static final String PREFIX = "hostdev";

  private Aliases() {}

  /** Returns the alias of a hostdev that joins those with these aliases: one above the highest. */
  public static String next(Collection<String> taken) {
    int next =
        taken.stream()
            .filter(alias -> alias.matches(PREFIX + "[0-9]{1,9}"))
            .mapToInt(alias -> Integer.parseInt(alias.substring(PREFIX.length())) + 1)
            .max()
            .orElse(0);
    return PREFIX + next;
  }
}
