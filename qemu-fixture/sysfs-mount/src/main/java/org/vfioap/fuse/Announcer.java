package org.vfioap.fuse;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Tells the kernel what became of the directories that it remembers.
 *
 * <p>A thread of its own does it: the kernel may keep it waiting for a look that is being answered.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h, struct fuse_notify_inval_entry_out and struct
 * fuse_notify_inval_inode_out.
 */
final class Announcer {
  private static final int INVAL_INODE = 2;
  private static final int INVAL_ENTRY = 3;
  private static final int BUFFER = 512;

  private final int device;
  private final NodeTable nodes;
  private final Runnable settled;
  private final Memory out = new Memory(BUFFER);
  private long wanted;
  private long done;
  private boolean closed;

  /** Makes it; {@code settled} returns when a change that was announced is complete. */
  Announcer(int device, NodeTable nodes, Runnable settled) {
    this.device = device;
    this.nodes = nodes;
    this.settled = settled;
  }

  void start() {
    Thread thread = new Thread(this::run, "fuse-announcer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Something may have come or gone. */
  synchronized void request() {
    nodes.change();
    wanted++;
    notifyAll();
  }

  /** Tells whether something that was requested is not told yet. */
  synchronized boolean isBehind() {
    return done < wanted && !closed;
  }

  /** Waits until the kernel knows what was requested so far. */
  synchronized void await() throws InterruptedException {
    long number = wanted;
    while (done < number && !closed) {
      wait();
    }
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void run() {
    long number = next();
    while (number > 0) {
      settled.run();
      nodes.change();
      nodes.lasting().forEach(this::tell);
      finish(number);
      number = next();
    }
    out.close();
  }

  private synchronized long next() {
    try {
      while (done == wanted && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    return closed ? 0 : wanted;
  }

  private synchronized void finish(long number) {
    done = number;
    notifyAll();
  }

  private void tell(NodeTable.Entry entry) {
    ByteBuffer bytes = out.getByteBuffer(0, BUFFER).order(ByteOrder.nativeOrder());
    bytes.position(Reply.HEADER);
    boolean gone = nodes.isGone(entry);
    if (gone) {
      byte[] name = entry.name().getBytes(StandardCharsets.ISO_8859_1);
      bytes.putLong(entry.parentNumber()).putInt(name.length).putInt(0).put(name).put((byte) 0);
    } else {
      bytes.putLong(entry.number()).putLong(-1).putLong(0);
    }
    bytes.putInt(0, bytes.position()).putInt(4, gone ? INVAL_ENTRY : INVAL_INODE).putLong(8, 0);
    // The kernel answers ENOENT if it has forgotten the directory meanwhile; that is no harm.
    LibC.write(device, out, bytes.position());
  }
}
