package org.vfioap.kernel;

import java.time.Duration;
import java.util.Locale;

/**
 * One line of the kernel log.
 *
 * @param time since boot
 * @param level how urgent it is
 * @param source driver and device that it is about, as {@code dev_warn} puts before the text
 *     ({@code "vfio_ap_mdev 62177883-…"}), or empty
 * @param message the text itself, without a newline
 */
public record LogLine(Duration time, Level level, String source, String message) {

  /** The kernel's log levels that this machine uses, named as {@code dmesg -x} does. */
  public enum Level {
    ERR,
    WARNING,
    NOTICE,
    INFO;

    /** Returns the name in {@code dmesg}: lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns source and message as {@code dmesg -t} prints them. */
  public String text() {
    return source.isEmpty() ? message : source + ": " + message;
  }

  /** Returns the line as {@code dmesg} prints it: {@code [ 12.345678] text}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "[%5d.%06d] %s", time.toSeconds(), time.toNanosPart() / 1000, text());
  }
}
