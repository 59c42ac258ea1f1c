package org.vfioap.fuse;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What the kernel is told without having asked. The kernel answers ENOENT where it has forgotten
 * meanwhile; that is no harm.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h, struct fuse_notify_inval_inode_out, struct
 * fuse_notify_inval_entry_out and struct fuse_notify_prune_out.
 */
final class Notices {
  private static final int INVAL_INODE = 2;
  private static final int INVAL_ENTRY = 3;
  private static final int PRUNE = 9;
  private static final int EXPIRE_ONLY = 1;
  private static final int MAX_NUMBERS = 512;
  private static final int BUFFER = Reply.HEADER + 16 + MAX_NUMBERS * Long.BYTES;

  private final int device;
  private final Memory out = new Memory(BUFFER);
  private final ByteBuffer bytes = out.getByteBuffer(0, BUFFER).order(ByteOrder.nativeOrder());

  Notices(int device) {
    this.device = device;
  }

  /** The attributes of a node may have changed. */
  void changed(NodeTable.Entry entry) {
    bytes.position(Reply.HEADER);
    bytes.putLong(entry.number()).putLong(-1).putLong(0);
    send(INVAL_INODE);
  }

  /** A name leads nowhere any more; returns when nobody who looks it up can still find it. */
  void gone(NodeTable.Entry entry) {
    name(entry, 0);
  }

  /**
   * A name may be found only by asking, from now on; whoever uses what it led to goes on. Waits as
   * {@link #gone}. Since Linux 6.2.
   */
  void expired(NodeTable.Entry entry) {
    name(entry, EXPIRE_ONLY);
  }

  private void name(NodeTable.Entry entry, int flags) {
    byte[] name = Names.bytes(entry.name());
    bytes.position(Reply.HEADER);
    bytes.putLong(entry.parentNumber()).putInt(name.length).putInt(flags);
    bytes.put(name).put((byte) 0);
    send(INVAL_ENTRY);
  }

  /**
   * Nodes that nobody uses may be forgotten, in this order: a directory behind what is in it. Never
   * waits. Since Linux 6.18.
   */
  synchronized void useless(List<NodeTable.Entry> entries) {
    for (int from = 0; from < entries.size(); from += MAX_NUMBERS) {
      int count = Math.min(MAX_NUMBERS, entries.size() - from);
      bytes.position(Reply.HEADER);
      bytes.putInt(count).putInt(0).putLong(0);
      entries.subList(from, from + count).forEach(entry -> bytes.putLong(entry.number()));
      send(PRUNE);
    }
  }

  private void send(int code) {
    int length = bytes.position();
    bytes.putInt(0, length).putInt(4, code).putLong(8, 0);
    LibC.write(device, out, length);
  }
}
