package org.vfioap.qemu.migration;

import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;

/**
 * What was sent of a memory that is all zero but for the firmware's 16 pages, which come last.
 * Source: measured with QEMU 7.2.
 *
 * @param memory bytes of memory
 * @param whileRunning whether the first pass was sent while the guest ran
 * @param progress how far it is
 * @param milliseconds how long it has taken
 */
record RamStatistics(
    long memory, boolean whileRunning, PacedMemory.Progress progress, long milliseconds) {
  private static final int PAGE = 4096;
  private static final int FIRMWARE_PAGES = 16;
  private static final int ZERO_PAGE = 9;
  private static final int FULL_PAGE = PAGE + 8;
  private static final int HEADER = 17;
  private static final long LAST_PASS = PAGE + HEADER;

  /** Returns how many bytes the stream of a memory has. */
  static long transferred(long memory) {
    return memory == 0 ? 0 : zeros(memory) * ZERO_PAGE + FIRMWARE_PAGES * FULL_PAGE + HEADER;
  }

  private static long zeros(long memory) {
    return memory == 0 ? 0 : memory / PAGE - FIRMWARE_PAGES;
  }

  private long duplicates() {
    return Math.min(zeros(memory), progress.sent() / ZERO_PAGE);
  }

  private long firmware() {
    return (progress.sent() - duplicates() * ZERO_PAGE) / FULL_PAGE;
  }

  JsonObject toJson(boolean complete) {
    long sent = progress.sent();
    long late = whileRunning && memory > 0 ? LAST_PASS : sent;
    return JsonObject.empty()
        .with("total", memory)
        .with("postcopy-requests", 0)
        .with("dirty-sync-count", complete ? 2 : 1)
        .with("multifd-bytes", 0)
        .with("pages-per-second", complete ? 0 : pagesPerSecond())
        .with("downtime-bytes", complete || !whileRunning ? late : 0)
        .with("page-size", PAGE)
        .with("remaining", memory - (duplicates() + firmware()) * PAGE)
        .with("postcopy-bytes", 0)
        .with("mbps", complete ? overall() : lately())
        .with("transferred", sent)
        .with("dirty-sync-missed-zero-copy", 0)
        .with("precopy-bytes", !whileRunning ? 0 : complete ? sent - late : sent)
        .with("duplicate", duplicates())
        .with("dirty-pages-rate", 0)
        .with("skipped", 0)
        .with("normal-bytes", firmware() * PAGE)
        .with("normal", firmware());
  }

  private long pagesPerSecond() {
    long nanos = progress.windowNanos();
    return nanos == 0 ? 0 : progress.windowBytes() / ZERO_PAGE * 1_000_000_000 / nanos;
  }

  /** Returns the speed of the last tenth of a second. */
  private JsonNumber lately() {
    long nanos = progress.windowNanos();
    return nanos == 0 ? JsonNumber.of(0) : megabits(progress.windowBytes() * 8000.0 / nanos);
  }

  private JsonNumber overall() {
    return megabits(progress.sent() * 8.0 / 1000 / Math.max(1, milliseconds));
  }

  private static JsonNumber megabits(double value) {
    return JsonNumber.parse(Double.toString(value));
  }
}
