package org.vfioap.fuse;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that read requests from /dev/fuse and answer them.
 *
 * <p>One thread at a time serves, so that requests are answered in the order in which programs made
 * them: a device that was closed is free for whoever comes next. A thread that begins to wait lets
 * another one serve, so that it keeps nobody else waiting; at most {@value #MAX_THREADS} wait.
 *
 * <p>After an answer the thread asks for the next request without sleeping for {@value #SPIN_NANOS}
 * ns, since waking up takes longer than most requests.
 */
final class FuseConnection implements Meanwhile {
  private static final int MAX_THREADS = 512;
  private static final int BUFFER = OpenFiles.MAX_READ + 2 * 4096;
  private static final long SPIN_NANOS = 100_000;
  private static final boolean SPINS = Runtime.getRuntime().availableProcessors() > 1;

  private final int device;
  private final Dispatch dispatch;
  private final Map<Thread, Exchange> threads = new ConcurrentHashMap<>();
  private final Semaphore turn = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicBoolean open = new AtomicBoolean(true);

  FuseConnection(int device, Dispatch dispatch) {
    this.device = device;
    this.dispatch = dispatch;
  }

  void start() {
    LibC.makeNonBlocking(device);
    letServe();
  }

  /** Lets a thread serve that has nothing to do, or a new one. */
  private void letServe() {
    turn.release();
    if (!turn.hasQueuedThreads() && threads.size() < MAX_THREADS) {
      Exchange exchange = new Exchange();
      Thread thread = new Thread(() -> work(exchange), "fuse");
      thread.setDaemon(true);
      threads.put(thread, exchange);
      thread.start();
    }
  }

  /**
   * Called in any thread that is about to wait; if it was serving, another one does from now on.
   */
  void beginsToWait() {
    Exchange exchange = threads.get(Thread.currentThread());
    if (exchange != null && exchange.serving) {
      exchange.serving = false;
      letServe();
    }
  }

  /** Tells whether the calling thread carries out a write or close, and has not begun to wait. */
  boolean isChanging() {
    Exchange exchange = threads.get(Thread.currentThread());
    return exchange != null && exchange.serving && exchange.changing;
  }

  @Override
  public void begin() {
    beginsToWait();
  }

  @Override
  public long answered() {
    return answered.get();
  }

  /**
   * Called in any thread that finds a lock taken, as {@link #beginsToWait}. But whoever closes a
   * file keeps serving: the next one may want what is being closed, and would find it in use.
   */
  void findsLockTaken() {
    Exchange exchange = threads.get(Thread.currentThread());
    if (exchange != null && !exchange.closing) {
      beginsToWait();
    }
  }

  private void work(Exchange exchange) {
    try (exchange) {
      while (open.get()) {
        turn.acquireUninterruptibly();
        exchange.serving = true;
        serve(exchange);
        // One thread that waits for its turn is enough.
        if (turn.hasQueuedThreads()) {
          return;
        }
      }
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  private void serve(Exchange exchange) {
    while (open.get() && exchange.serving) {
      long length = exchange.receive();
      if (length >= Request.HEADER) {
        exchange.answer((int) length);
      } else if (!again()) {
        close();
      }
    }
  }

  /** ENOENT: the request was interrupted before it was read. Anything else ends the connection. */
  private static boolean again() {
    int errno = LibC.errno();
    return errno == LibC.EINTR || errno == LibC.EAGAIN || errno == LibC.ENOENT;
  }

  /** Lets all threads end. */
  private void close() {
    open.set(false);
    ended.countDown();
    turn.release(MAX_THREADS);
  }

  /** Waits until the mount has ended. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Waits until all threads have seen the end of the mount. */
  void join(long millis) throws InterruptedException {
    for (Thread thread : threads.keySet()) {
      thread.join(millis);
    }
  }

  /** The buffers of a thread. */
  private final class Exchange implements AutoCloseable {
    private final Memory in = new Memory(BUFFER);
    private final Memory out = new Memory(BUFFER);
    private final Memory input = LibC.input(device);
    private final ByteBuffer request = in.getByteBuffer(0, BUFFER).order(ByteOrder.nativeOrder());
    private final ByteBuffer reply = out.getByteBuffer(0, BUFFER).order(ByteOrder.nativeOrder());
    private boolean serving;
    private boolean closing;
    private boolean changing;

    @SuppressWarnings("ThreadPriorityCheck") // so that programs get the processor, if they want it
    long receive() {
      long length = LibC.read(device, in, BUFFER);
      long end = SPINS ? System.nanoTime() + SPIN_NANOS : 0;
      while (length < 0 && LibC.errno() == LibC.EAGAIN) {
        if (System.nanoTime() < end) {
          Thread.yield();
        } else {
          LibC.awaitInput(input);
        }
        length = LibC.read(device, in, BUFFER);
      }
      return length;
    }

    void answer(int length) {
      Request asked = new Request(request.clear().limit(length));
      Reply answer = new Reply(reply);
      closing = asked.opcode() == Opcode.RELEASE;
      changing = closing || asked.opcode() == Opcode.WRITE;
      int errno = dispatch.answer(asked, answer);
      if (errno != Dispatch.NO_REPLY) {
        answer.finish(asked.unique(), errno);
        // The kernel refuses the answer to a request that was given up meanwhile; that is no harm.
        LibC.write(device, out, answer.length());
        answered.incrementAndGet();
      }
    }

    @Override
    public void close() {
      in.close();
      out.close();
      input.close();
    }
  }
}
