package org.vfioap.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How often one place of the kernel may log: ten lines in five seconds.
 *
 * <p>Source: Linux lib/ratelimit.c, ___ratelimit. The first line after a pause says how many were
 * left out. Not safe for use by several threads at once.
 */
public final class RateLimit {
  private static final int BURST = 10;
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final KernelLog log;
  private final InstantSource clock;
  private final String function;
  private @Nullable Instant begin;
  private int printed;
  private int missed;

  private RateLimit(Kernel kernel, String function) {
    log = kernel.log();
    clock = kernel.clock();
    this.function = function;
  }

  /** Creates the limit of a place in a function of the kernel. */
  public static RateLimit of(Kernel kernel, String function) {
    return new RateLimit(kernel, function);
  }

  /** Adds a line to the log, or counts it as left out. */
  public void log(LogLine.Level level, String source, String message) {
    Instant now = clock.instant();
    if (begin == null || begin.plus(INTERVAL).isBefore(now)) {
      begin(now);
    }
    if (printed < BURST) {
      printed++;
      log.add(level, source, message);
    } else {
      missed++;
    }
  }

  private void begin(Instant now) {
    if (missed > 0) {
      log.add(LogLine.Level.WARNING, "", function + ": " + missed + " callbacks suppressed");
    }
    begin = now;
    printed = 0;
    missed = 0;
  }
}
