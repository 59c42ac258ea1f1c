package org.vfioap.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Set;
import org.vfioap.kernel.Errno;

/**
 * An open file: one read or write here is one read(2) or write(2).
 *
 * <p>Source: Linux fs/seq_file.c and fs/kernfs/file.c: a read at offset 0, or elsewhere than the
 * last one ended, asks the attribute; a read that goes on gets the rest of what it answered.
 */
final class MachineChannel extends FileChannel {
  private static final byte[] NOTHING = {};

  /** How it was opened. */
  enum Mode {
    READ,
    WRITE
  }

  private final OpenedFile file;
  private final Set<Mode> modes;
  private final long size;
  private byte[] shown = NOTHING;
  private long shownTo = -1;
  private long position;

  MachineChannel(OpenedFile file, Set<Mode> modes, long size) {
    this.file = file;
    this.modes = modes;
    this.size = size;
  }

  private void require(Mode mode) throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    if (!modes.contains(mode)) {
      throw mode == Mode.READ
          ? new NonReadableChannelException()
          : new NonWritableChannelException();
    }
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    int length = read(target, position);
    position += Math.max(0, length);
    return length;
  }

  @Override
  public synchronized int read(ByteBuffer target, long from) throws IOException {
    require(Mode.READ);
    checkPosition(from);
    if (!target.hasRemaining()) {
      return 0;
    }
    if (from == 0 || from != shownTo) {
      shown = FileErrors.using(file::read);
    } else if (from >= shown.length) {
      FileErrors.using(this::checkAlive);
    }
    int start = (int) Math.min(from, shown.length);
    int length = Math.min(target.remaining(), shown.length - start);
    target.put(shown, start, length);
    shownTo = from + length;
    return length == 0 ? -1 : length;
  }

  private boolean checkAlive() {
    file.checkAlive();
    return true;
  }

  private static void checkPosition(long from) {
    if (from < 0) {
      throw new IllegalArgumentException("Negative position");
    }
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    long all = 0;
    for (int i = offset; i < offset + length; i++) {
      int part = read(targets[i]);
      if (part < 0) {
        return all == 0 ? -1 : all;
      }
      all += part;
      if (targets[i].hasRemaining()) {
        return all;
      }
    }
    return all;
  }

  /** Not synchronized: a store may wait long, and another thread may read meanwhile. */
  @Override
  public int write(ByteBuffer source) throws IOException {
    int length = write(source, 0);
    synchronized (this) {
      position += length;
    }
    return length;
  }

  @Override
  public int write(ByteBuffer source, long to) throws IOException {
    require(Mode.WRITE);
    checkPosition(to);
    byte[] bytes = new byte[source.remaining()];
    source.duplicate().get(bytes);
    int taken = bytes.length == 0 ? 0 : FileErrors.using(() -> file.write(bytes));
    source.position(source.position() + taken);
    return taken;
  }

  /** One writev(2) is one write of all. */
  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    int all = 0;
    for (int i = offset; i < offset + length; i++) {
      all += sources[i].remaining();
    }
    ByteBuffer joined = ByteBuffer.allocate(all);
    for (int i = offset; i < offset + length; i++) {
      joined.put(sources[i].duplicate());
    }
    int taken = write(joined.flip());
    int left = taken;
    for (int i = offset; i < offset + length && left > 0; i++) {
      int part = Math.min(left, sources[i].remaining());
      sources[i].position(sources[i].position() + part);
      left -= part;
    }
    return taken;
  }

  @Override
  public synchronized long position() throws IOException {
    checkOpen();
    return position;
  }

  @Override
  public synchronized FileChannel position(long newPosition) throws IOException {
    checkOpen();
    checkPosition(newPosition);
    position = newPosition;
    return this;
  }

  private void checkOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return size;
  }

  /** Linux lets it be and changes nothing. */
  @Override
  public FileChannel truncate(long newSize) throws IOException {
    require(Mode.WRITE);
    checkPosition(newSize);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    checkOpen();
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, Integer.MAX_VALUE >> 1));
    return read(buffer, from) <= 0 ? 0 : target.write(buffer.flip());
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long to, long count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, Integer.MAX_VALUE >> 1));
    return source.read(buffer) <= 0 ? 0 : write(buffer.flip(), to);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long length) throws IOException {
    checkOpen();
    throw new IOException(Errno.ENODEV.text());
  }

  @Override
  public FileLock lock(long from, long length, boolean shared) throws IOException {
    checkOpen();
    return new FileLock(this, from, length, shared) {
      private volatile boolean valid = true;

      @Override
      public boolean isValid() {
        return valid && MachineChannel.this.isOpen();
      }

      @Override
      public void release() {
        valid = false;
      }
    };
  }

  @Override
  public FileLock tryLock(long from, long length, boolean shared) throws IOException {
    return lock(from, length, shared);
  }

  @Override
  protected void implCloseChannel() {
    file.close();
  }
}
