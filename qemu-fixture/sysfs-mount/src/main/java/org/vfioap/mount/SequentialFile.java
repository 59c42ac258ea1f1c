package org.vfioap.mount;

import java.util.Arrays;
import org.vfioap.fuse.OpenedFile;
import org.vfioap.sysfs.OpenFile;

/**
 * A file of /sys that a program holds open.
 *
 * <p>Source: Linux fs/seq_file.c, seq_read_iter and traverse, and fs/kernfs/file.c: a read at
 * offset 0, or elsewhere than the last one ended, asks the attribute; a read that goes on gets the
 * rest of what it answered; at the end a device that is gone gives ENODEV.
 */
final class SequentialFile implements OpenedFile {
  private static final byte[] NOTHING = {};

  /** POLLERR and POLLPRI. */
  private static final int NEWS = 0xa;

  private final OpenFile file;
  private byte[] shown = NOTHING;
  private int from;
  private long position;
  private boolean ended;
  private boolean seen;

  SequentialFile(OpenFile file) {
    this.file = file;
  }

  @Override
  public synchronized byte[] read(long offset, int size) {
    if (offset == 0 || offset != position) {
      begin(offset);
    }
    if (from == shown.length) {
      next();
    }
    int length = Math.min(size, shown.length - from);
    byte[] part = Arrays.copyOfRange(shown, from, from + length);
    from += length;
    position += length;
    return part;
  }

  private void begin(long offset) {
    shown = NOTHING;
    from = 0;
    position = 0;
    ended = false;
    if (offset != 0) {
      next();
      from = (int) Math.min(offset, shown.length);
      position = offset;
    }
  }

  /** There is one record; behind it there is only the end. */
  private void next() {
    if (ended) {
      file.checkAlive();
      return;
    }
    shown = file.read().bytes();
    from = 0;
    ended = true;
    seen = true;
  }

  /** Not synchronized: a store may wait long, and another thread may read meanwhile. */
  @Override
  public int write(byte[] data) {
    return file.write(data);
  }

  /** What was never read is news; afterwards no attribute of AP announces any. */
  @Override
  public synchronized int events() {
    return seen ? READY : READY | NEWS;
  }
}
