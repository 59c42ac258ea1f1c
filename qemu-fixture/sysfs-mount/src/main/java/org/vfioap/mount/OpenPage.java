package org.vfioap.mount;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vfioap.sysfs.OpenFile;

/**
 * An open file and the content that was shown last.
 *
 * <p>Source: Linux fs/seq_file.c and fs/kernfs/file.c: a read at offset 0 asks the attribute, later
 * reads go on in what it answered.
 */
final class OpenPage {
  private final OpenFile file;
  private byte @Nullable [] shown;

  OpenPage(OpenFile file) {
    this.file = file;
  }

  synchronized byte[] read(long offset, int size) {
    byte[] content = shown;
    if (content == null || offset == 0) {
      content = file.read().bytes();
      shown = content;
    }
    int from = (int) Math.min(Math.max(offset, 0), content.length);
    int length = Math.min(Math.max(size, 0), content.length - from);
    return Arrays.copyOfRange(content, from, from + length);
  }

  /** Not synchronized: a store may wait long, and another thread may read meanwhile. */
  int write(byte[] data) {
    return file.write(data);
  }
}
