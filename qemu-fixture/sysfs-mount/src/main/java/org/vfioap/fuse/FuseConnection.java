package org.vfioap.fuse;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read requests from /dev/fuse and answer them.
 *
 * <p>A thread whose store begins to wait is replaced, so that everybody else is still served; at
 * most {@value #MAX_THREADS} at once.
 */
final class FuseConnection {
  private static final int READY = 1;
  private static final int MAX_THREADS = 512;
  private static final int BUFFER = OpenFiles.MAX_READ + 2 * 4096;

  private final int device;
  private final Dispatch dispatch;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger free = new AtomicInteger();
  private final ThreadLocal<Boolean> waiting = ThreadLocal.withInitial(() -> false);

  FuseConnection(int device, Dispatch dispatch) {
    this.device = device;
    this.dispatch = dispatch;
  }

  void start() {
    for (int i = 0; i < READY; i++) {
      addThread();
    }
  }

  private void addThread() {
    free.incrementAndGet();
    Thread thread = new Thread(this::serve, "fuse");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Called in a thread whose store is about to wait. */
  void beginsToWait() {
    boolean first = threads.contains(Thread.currentThread()) && !waiting.get();
    if (first) {
      waiting.set(true);
      free.decrementAndGet();
      if (threads.size() < MAX_THREADS) {
        addThread();
      }
    }
  }

  /** Returns false if the thread was replaced while it waited. */
  private boolean stillNeeded() {
    if (!waiting.get()) {
      return true;
    }
    waiting.set(false);
    if (free.incrementAndGet() <= READY) {
      return true;
    }
    free.decrementAndGet();
    return false;
  }

  private void serve() {
    try (Memory in = new Memory(BUFFER);
        Memory out = new Memory(BUFFER)) {
      ByteBuffer request = in.getByteBuffer(0, BUFFER).order(ByteOrder.nativeOrder());
      ByteBuffer reply = out.getByteBuffer(0, BUFFER).order(ByteOrder.nativeOrder());
      boolean more = true;
      while (more) {
        long length = LibC.read(device, in, BUFFER);
        more = length >= Request.HEADER ? serve(request.limit((int) length), reply, out) : again();
      }
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  /** ENOENT: the request was interrupted before it was read. Anything else ends the connection. */
  private static boolean again() {
    int errno = LibC.errno();
    return errno == LibC.EINTR || errno == LibC.EAGAIN || errno == LibC.ENOENT;
  }

  private boolean serve(ByteBuffer bytes, ByteBuffer answer, Memory out) {
    Request request = new Request(bytes);
    Reply reply = new Reply(answer);
    int errno = dispatch.answer(request, reply);
    if (errno != Dispatch.NO_REPLY) {
      reply.finish(request.unique(), errno);
      // The kernel refuses the answer to a request that was given up meanwhile; that is no harm.
      LibC.write(device, out, reply.length());
    }
    bytes.clear();
    return stillNeeded();
  }

  /** Waits until all threads have seen the end of the mount. */
  void join(long millis) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(millis);
    }
  }
}
