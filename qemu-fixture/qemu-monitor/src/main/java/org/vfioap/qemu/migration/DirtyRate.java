package org.vfioap.qemu.migration;

import java.time.Duration;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The measurement of how fast memory changes; here it never does. Source: migration/dirtyrate.c.
 */
final class DirtyRate {
  private static final long LONGEST = 60;
  private static final long SAMPLES = 512;
  private static final long FEWEST_SAMPLES = 128;
  private static final long MOST_SAMPLES = 16384;

  private final MigratingGuest guest;
  private String status = "unstarted";
  private long samples;
  private long started;
  private long seconds;

  DirtyRate(MigratingGuest guest) {
    this.guest = guest;
  }

  void start(JsonObject arguments) throws QemuError {
    if (status.equals("measuring")) {
      throw QemuError.generic("the dirty rate is already being measured.");
    }
    long time = number(arguments, "calc-time", 0);
    if (time < 1 || time > LONGEST) {
      throw QemuError.generic("calc-time is out of range[1, 60].");
    }
    checkMode(arguments);
    status = "measuring";
    seconds = time;
    samples = number(arguments, "sample-pages", SAMPLES);
    started = System.nanoTime() / 1_000_000_000;
    guest.after(Duration.ofSeconds(time), () -> status = "measured");
  }

  private static void checkMode(JsonObject arguments) throws QemuError {
    String mode = arguments.text("mode").orElse("page-sampling");
    if (arguments.has("sample-pages") && !mode.equals("page-sampling")) {
      throw QemuError.generic("sample-pages is used only in page-sampling mode");
    }
    long pages = number(arguments, "sample-pages", SAMPLES);
    if (pages < FEWEST_SAMPLES || pages > MOST_SAMPLES) {
      throw QemuError.generic("sample-pages is out of range[128, 16384].");
    }
    if (mode.equals("dirty-ring")) {
      throw QemuError.generic("mode dirty-ring is not enabled, use other method instead.");
    }
  }

  private static long number(JsonObject arguments, String name, long otherwise) {
    return arguments.get(name).orElse(arguments) instanceof JsonNumber.Signed number
        ? number.value()
        : otherwise;
  }

  JsonObject toJson() {
    JsonObject answer =
        JsonObject.of("status", status)
            .with("sample-pages", samples)
            .with("mode", "page-sampling")
            .with("start-time", started)
            .with("calc-time", seconds);
    return status.equals("measured") ? answer.with("dirty-rate", 0) : answer;
  }
}
