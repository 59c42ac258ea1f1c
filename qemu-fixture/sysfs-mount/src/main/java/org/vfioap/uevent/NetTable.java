package org.vfioap.uevent;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table that the kernel keeps of a network namespace, such as {@code /proc/net/netlink}. */
final class NetTable implements AutoCloseable {
  /** Of the thread, which may be in another network namespace than its process. */
  private static final String FOLDER = "/proc/thread-self/net/";

  private static final int CHUNK = 4096;

  private final @Nullable RandomAccessFile file;

  private NetTable(@Nullable RandomAccessFile file) {
    this.file = file;
  }

  /** Opens the table of the calling thread's network namespace; without /proc it is empty. */
  static NetTable open(String name) {
    try {
      return new NetTable(new RandomAccessFile(FOLDER + name, "r"));
    } catch (IOException noProc) {
      return new NetTable(null);
    }
  }

  /** Returns the columns of each row that contains a text, as they are now. */
  synchronized Stream<String[]> rows(String part) {
    try {
      return text()
          .lines()
          .filter(line -> line.contains(part))
          .map(line -> line.strip().split("\\s+", -1));
    } catch (IOException closed) {
      return Stream.empty();
    }
  }

  private String text() throws IOException {
    if (file == null) {
      return "";
    }
    file.seek(0);
    StringBuilder text = new StringBuilder();
    byte[] chunk = new byte[CHUNK];
    for (int length = file.read(chunk); length > 0; length = file.read(chunk)) {
      text.append(new String(chunk, 0, length, StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
