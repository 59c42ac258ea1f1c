package org.vfioap.bus;

import java.time.Duration;
import java.time.Instant;
import org.vfioap.ap.Facility;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.NumberSyntax;

/**
 * The bus attributes that only hold a value: default domain, scan period, polling.
 *
 * <p>Source: Linux 6.1 ap_bus.c.
 */
final class BusSettings {
  private static final long LPAR_POLL_TIMEOUT = 250_000;
  private static final long MAX_POLL_TIMEOUT = 120_000_000_000L;

  private final ApBus bus;
  private final boolean strict;
  private int domain = -1;
  private int configTime = 30;
  private boolean polling;
  private long pollTimeout = LPAR_POLL_TIMEOUT;
  private Instant nextScan;

  BusSettings(ApBus bus) {
    this.bus = bus;
    strict = bus.kernel().profile().has(KernelRules.STRICT_POLL_SETTINGS);
    nextScan = bus.kernel().clock().instant();
  }

  int domain() {
    return domain;
  }

  int configTime() {
    return configTime;
  }

  boolean polling() {
    return polling;
  }

  long pollTimeout() {
    return pollTimeout;
  }

  boolean interrupts() {
    return bus.hardware().has(Facility.APQI);
  }

  void writeDomain(String text) {
    int value = number(text, 0, "domain");
    boolean valid =
        value >= 0 && value <= bus.devices().lastDomain() && bus.masks().domains().has(value);
    check(valid, "domain " + value + " is above the maximum or not in aqmask");
    domain = value;
  }

  void writeConfigTime(String text) {
    int seconds = number(text, 10, "config_time");
    check(seconds >= 5 && seconds <= 120, "config_time " + seconds + " is not within 5 to 120");
    configTime = seconds;
    restartTimer();
  }

  /** With interrupts the thread is never started, and the write succeeds all the same. */
  void writePolling(String text) {
    boolean on =
        strict
            ? NumberSyntax.parseBoolean(text, bus.kernel().profile())
            : number(text, 10, "poll_thread") != 0;
    polling = on && !interrupts();
  }

  void writePollTimeout(String text) {
    long nanos =
        strict ? NumberSyntax.parseUnsigned(text) : NumberSyntax.scanUnsigned(text).orElse(0);
    int least = strict ? 0 : 1;
    check(
        Long.compareUnsigned(nanos, least) >= 0
            && Long.compareUnsigned(nanos, MAX_POLL_TIMEOUT) <= 0,
        "poll_timeout '"
            + text.strip()
            + "' is not within "
            + least
            + " to "
            + MAX_POLL_TIMEOUT
            + " ns");
    pollTimeout = nanos;
  }

  private static int number(String text, int radix, String what) {
    return NumberSyntax.scanInt(text, radix)
        .orElseThrow(
            () -> KernelRefusal.of(Errno.EINVAL, what + " '" + text.strip() + "' is no number"));
  }

  private static void check(boolean valid, String why) {
    if (!valid) {
      throw KernelRefusal.of(Errno.EINVAL, why);
    }
  }

  void restartTimer() {
    nextScan = bus.kernel().clock().instant().plus(Duration.ofSeconds(configTime));
  }

  boolean scanIsDue() {
    return !bus.kernel().clock().instant().isBefore(nextScan);
  }

  /**
   * {@code ap_select_domain}: the first domain with a queue that the host may use and that works.
   */
  void selectDomain() {
    for (int candidate = 0; domain < 0 && candidate <= bus.devices().lastDomain(); candidate++) {
      if (bus.devices().configuredDomain(candidate)
          && bus.masks().domains().has(candidate)
          && hasWorkingQueue(candidate)) {
        domain = candidate;
      }
    }
  }

  private boolean hasWorkingQueue(int candidate) {
    for (int adapter = 0; adapter <= bus.devices().lastAdapter(); adapter++) {
      if (bus.devices().configuredAdapter(adapter)
          && bus.masks().adapters().has(adapter)
          && bus.answersNormally(adapter, candidate)) {
        return true;
      }
    }
    return false;
  }
}
