package org.vfioap.plugin;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A page of memory, shared with plugins, that counts changes: what a plugin keeps of an answer is
 * worth nothing as soon as the count moves on.
 */
final class ChangePage {
  private static final int SIZE = 4096;
  private static final VarHandle COUNT =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Path file;
  private final ByteBuffer page;

  private ChangePage(Path file, ByteBuffer page) {
    this.file = file;
    this.page = page;
  }

  static ChangePage create(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return new ChangePage(file, channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
    }
  }

  Path file() {
    return file;
  }

  long count() {
    return (long) COUNT.getVolatile(page, 0);
  }

  void moveOn() {
    COUNT.getAndAdd(page, 0, 1L);
  }
}
