package org.vfioap.qemu.migration;

import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;

/**
 * What was sent of a memory that is all zero but for the firmware's 16 pages. Source: measured with
 * QEMU 7.2.
 *
 * @param memory bytes of memory
 * @param whileRunning whether the first pass was sent while the guest ran
 * @param syncs how often dirty pages were looked for
 * @param milliseconds how long it has taken
 */
record RamStatistics(long memory, boolean whileRunning, int syncs, long milliseconds) {
  private static final int PAGE = 4096;
  private static final int FIRMWARE_PAGES = 16;
  private static final int ZERO_PAGE = 9;
  private static final int HEADER = 17;
  private static final long LAST_PASS = PAGE + HEADER;

  /** Returns how many bytes the stream has. */
  long transferred() {
    return memory == 0 ? 0 : duplicates() * ZERO_PAGE + firmware() * (PAGE + 8L) + HEADER;
  }

  private long duplicates() {
    return memory / PAGE - firmware();
  }

  private int firmware() {
    return memory == 0 ? 0 : FIRMWARE_PAGES;
  }

  JsonObject toJson(boolean complete) {
    long late = whileRunning && memory > 0 ? LAST_PASS : transferred();
    return JsonObject.empty()
        .with("total", memory)
        .with("postcopy-requests", 0)
        .with("dirty-sync-count", syncs)
        .with("multifd-bytes", 0)
        .with("pages-per-second", 0)
        .with("downtime-bytes", complete || !whileRunning ? late : 0)
        .with("page-size", PAGE)
        .with("remaining", 0)
        .with("postcopy-bytes", 0)
        .with("mbps", throughput(complete))
        .with("transferred", transferred())
        .with("dirty-sync-missed-zero-copy", 0)
        .with("precopy-bytes", whileRunning ? transferred() - late : 0)
        .with("duplicate", duplicates())
        .with("dirty-pages-rate", 0)
        .with("skipped", 0)
        .with("normal-bytes", (long) firmware() * PAGE)
        .with("normal", firmware());
  }

  private JsonNumber throughput(boolean complete) {
    if (!complete) {
      return JsonNumber.of(0);
    }
    double megabits = transferred() * 8.0 / 1000 / Math.max(1, milliseconds);
    return JsonNumber.parse(Double.toString(megabits));
  }
}
