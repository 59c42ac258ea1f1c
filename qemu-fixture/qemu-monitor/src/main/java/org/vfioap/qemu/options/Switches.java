package org.vfioap.qemu.options;

import java.util.Optional;

/** What switches a thing on or off. Source: qapi/qapi-util.c (qapi_bool_parse) of QEMU 7.2. */
public final class Switches {
  private Switches() {}

  /** Returns what a text says; nothing if it is no switch. */
  public static Optional<Boolean> read(String text) {
    return switch (text) {
      case "on", "yes", "true", "y" -> Optional.of(true);
      case "off", "no", "false", "n" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Says whether a text is a switch. */
  public static boolean isSwitch(String text) {
    return read(text).isPresent();
  }

  /** Says whether a text switches on. */
  public static boolean isOn(String text) {
    return read(text).orElse(false);
  }
}
