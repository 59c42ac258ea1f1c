package org.vfioap.qemu.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** One thread that waits for sockets and timers; all of the guest's state is touched only here. */
public final class EventLoop implements AutoCloseable {
  private static final long ATTENTION_NANOS = 60_000;

  private static final int BUFFER = 1 << 16;

  private final Selector selector;
  private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private long sequence;
  private volatile boolean stopped;
  private boolean busy;
  private long wokenAt;
  private final Consumer<SelectionKey> dispatcher = new Dispatcher();

  private EventLoop(Selector selector) {
    this.selector = selector;
  }

  /** Opens a loop that does not run yet. */
  public static EventLoop open() throws IOException {
    return new EventLoop(Selector.open());
  }

  /** Returns the empty buffer to read into; everybody uses it, nobody keeps it. */
  ByteBuffer input() {
    return input.clear();
  }

  /** Returns the buffer to write from; everybody uses it, nobody keeps it. */
  ByteBuffer output() {
    return output;
  }

  /** Watches a channel; the returned key's interest may be changed. */
  SelectionKey watch(SelectableChannel channel, int interest, Ready handler) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, interest, handler);
  }

  /** Runs {@code action} after {@code delay}; actions of the same moment keep their order. */
  public void after(Duration delay, Runnable action) {
    timers.add(new Timer(System.nanoTime() + delay.toNanos(), sequence++, action));
  }

  /** Runs {@code action} soon; any thread may ask for it. */
  public void execute(Runnable action) {
    tasks.add(action);
    selector.wakeup();
  }

  /** Makes {@link #run} return; any thread may ask for it. */
  public void stop() {
    stopped = true;
    selector.wakeup();
  }

  /** Serves until {@link #stop} is called. */
  public void run() {
    try {
      while (!stopped) {
        select();
        runTasks();
        runTimers();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * Waits. As long as clients ask again at once it looks for them a little before it sleeps: waking
   * up takes longer than most answers.
   */
  private void select() throws IOException {
    long start = System.nanoTime();
    if (busy && poll(start + ATTENTION_NANOS)) {
      return;
    }
    wokenAt = start + ATTENTION_NANOS;
    sleep();
    busy = wokenAt - start < ATTENTION_NANOS;
  }

  private boolean poll(long end) throws IOException {
    while (System.nanoTime() - end < 0) {
      if (selector.selectNow(dispatcher) > 0 || !tasks.isEmpty() || stopped) {
        return true;
      }
    }
    return false;
  }

  private void sleep() throws IOException {
    if (timers.isEmpty()) {
      selector.select(dispatcher);
      return;
    }
    long nanos = timers.element().due - System.nanoTime();
    if (nanos <= 0) {
      selector.selectNow(dispatcher);
    } else {
      selector.select(dispatcher, nanos / 1_000_000 + 1);
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void runTimers() {
    long now = System.nanoTime();
    while (!timers.isEmpty() && timers.element().due - now <= 0) {
      timers.remove().action.run();
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }

  /** Takes the news that a channel is ready. */
  interface Ready {
    void ready(SelectionKey key);
  }

  /** Hands a key to who watches it; one object, since a lambda costs time before the greeting. */
  private final class Dispatcher implements Consumer<SelectionKey> {
    @Override
    public void accept(SelectionKey key) {
      wokenAt = Math.min(wokenAt, System.nanoTime());
      if (key.isValid() && key.attachment() instanceof Ready handler) {
        handler.ready(key);
      }
    }
  }

  private record Timer(long due, long sequence, Runnable action) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(due - other.due, 0);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
