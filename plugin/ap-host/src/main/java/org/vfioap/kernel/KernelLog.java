package org.vfioap.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The kernel's ring buffer: what {@code dmesg} shows.
 *
 * <p>It keeps the newest 65536 lines. Safe for use by several threads.
 */
public final class KernelLog {
  private static final int CAPACITY = 1 << 16;

  private final InstantSource clock;
  private final Instant boot;
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private long total;

  private KernelLog(InstantSource clock) {
    this.clock = clock;
    this.boot = clock.instant();
  }

  /** Creates an empty log whose times count from now on the given clock. */
  public static KernelLog startingNow(InstantSource clock) {
    return new KernelLog(clock);
  }

  /** Adds a line with the time of the clock. */
  public synchronized void add(LogLine.Level level, String source, String message) {
    if (lines.size() == CAPACITY) {
      lines.removeFirst();
    }
    lines.addLast(new LogLine(Duration.between(boot, clock.instant()), level, source, message));
    total++;
    notifyAll();
  }

  /** Waits until there are lines after {@code position}, or the time is over. */
  public synchronized void await(long position, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (total <= position && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** Returns the lines that are kept, oldest first. */
  public synchronized List<LogLine> lines() {
    return List.copyOf(lines);
  }

  /** Returns how many lines were ever added; pass it to {@link #linesSince} later. */
  public synchronized long position() {
    return total;
  }

  /** Returns the lines added since {@code position}, as far as they are kept, oldest first. */
  public synchronized List<LogLine> linesSince(long position) {
    long skip = lines.size() - (total - position);
    return lines.stream().skip(Math.max(0, skip)).toList();
  }
}
