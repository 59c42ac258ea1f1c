package org.vfioap.files;

import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** A directory that was opened as a file: open(2) lets that happen, read(2) does not. */
final class OpenedDirectory implements OpenedFile {
  @Override
  public byte[] read() {
    throw KernelRefusal.of(Errno.EISDIR, "a directory is read by listing it");
  }
}
