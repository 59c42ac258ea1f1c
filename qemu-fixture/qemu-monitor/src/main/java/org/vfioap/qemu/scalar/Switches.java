package org.vfioap.qemu.scalar;

import java.util.Optional;

/** The words that switch something on or off. */
public final class Switches {
  private Switches() {}

  /**
   * Returns what a text switches; nothing if it is no switch. Source: qapi/qapi-util.c
   * (qapi_bool_parse) of QEMU 7.2.
   */
  public static Optional<Boolean> switched(String value) {
    return switch (value) {
      case "on", "yes", "true", "y" -> Optional.of(true);
      case "off", "no", "false", "n" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Says whether {@code value} is what a switch can be. */
  public static boolean isSwitch(String value) {
    return switched(value).isPresent();
  }

  /** Says whether {@code value} switches on. */
  public static boolean isOn(String value) {
    return switched(value).orElse(false);
  }
}
