package org.vfioap.qemu.qdev;

import org.vfioap.qemu.options.OptionString;

/**
 * A property that all devices of a type have from their creation on.
 *
 * @param driver the type
 * @param property the property's name
 * @param value its value as text
 */
public record Global(String driver, String property, String value) {

  /**
   * Reads {@code -global}: {@code DRIVER.PROPERTY=VALUE}, or the three as {@code driver=}, {@code
   * property=} and {@code value=}. Source: softmmu/qdev-monitor.c (qemu_global_option) of QEMU 7.2.
   */
  public static Global parse(String text) {
    if (isDotted(text)) {
      String[] parts = text.split("[.]", 2);
      String[] rest = parts[1].split("=", 2);
      return new Global(parts[0], rest[0], rest[1]);
    }
    OptionString options = OptionString.parse(text, "");
    return new Global(
        options.get("driver").orElse(""),
        options.get("property").orElse(""),
        options.get("value").orElse(""));
  }

  /** Says whether {@code text} is in the form with a dot. */
  public static boolean isDotted(String text) {
    return text.matches("(?s)[^.=,]+\\.[^=]+=.*");
  }

  /** Returns what stands before the reason why it cannot be applied. */
  public String complaint() {
    return "can't apply global " + driver + "." + property + "=" + value + ": ";
  }
}
