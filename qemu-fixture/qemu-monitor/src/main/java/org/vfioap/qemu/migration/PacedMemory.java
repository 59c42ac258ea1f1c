package org.vfioap.qemu.migration;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * The memory on its way out, no faster than {@code max-bandwidth} allows. Source:
 * migration/migration.c of QEMU 7.2 (migration_rate_limit): what may go in a second is portioned
 * into tenths, and a new limit holds at once; less than ten bytes a second is no limit.
 */
final class PacedMemory {
  private static final int WINDOWS_PER_SECOND = 10;
  private static final long WINDOW_NANOS = 1_000_000_000 / WINDOWS_PER_SECOND;
  private static final int CHUNK = 1 << 14;

  private final long size;
  private final LongSupplier bytesPerSecond;
  private volatile Progress progress = new Progress(0, 0, 0);

  /**
   * Prepares to send {@code size} bytes.
   *
   * @param bytesPerSecond asked before each write, on the thread that sends
   */
  PacedMemory(long size, LongSupplier bytesPerSecond) {
    this.size = size;
    this.bytesPerSecond = bytesPerSecond;
  }

  long size() {
    return size;
  }

  /** Returns how far it has come. */
  Progress progress() {
    return progress;
  }

  /** Writes as many zeros as there are to send. */
  void write(OutputStream out) throws IOException, InterruptedException {
    byte[] zeros = new byte[CHUNK];
    long begun = System.nanoTime();
    long before = 0;
    for (long sent = 0; sent < size; progress = progress.at(sent)) {
      int next = (int) Math.min(CHUNK, Math.min(size - sent, allowed(sent - before)));
      if (next > 0) {
        out.write(zeros, 0, next);
        sent += next;
      } else {
        out.flush();
        pause(WINDOW_NANOS - (System.nanoTime() - begun));
        progress = Progress.measured(sent, sent - before, System.nanoTime() - begun);
        begun = System.nanoTime();
        before = sent;
      }
    }
    out.flush();
  }

  /** Returns how much more may go in this window. */
  private long allowed(long used) {
    long limit = bytesPerSecond.getAsLong() / WINDOWS_PER_SECOND;
    return limit <= 0 ? Long.MAX_VALUE : Math.max(0, limit - used);
  }

  private static void pause(long nanos) throws InterruptedException {
    if (nanos > 0) {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    }
  }

  /**
   * How far it has come.
   *
   * @param sent bytes that are written
   * @param windowBytes bytes of the last full window
   * @param windowNanos how long that was, 0 before there was one
   */
  record Progress(long sent, long windowBytes, long windowNanos) {
    static Progress measured(long sent, long windowBytes, long windowNanos) {
      return new Progress(sent, windowBytes, windowNanos);
    }

    Progress at(long now) {
      return new Progress(now, windowBytes, windowNanos);
    }
  }
}
