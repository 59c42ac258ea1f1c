package org.vfioap.files;

import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.OpenFile;

/** What a channel reads and writes; methods throw {@link KernelRefusal}. */
interface OpenedFile {
  /** A file that is empty and takes nothing. */
  OpenedFile NOTHING = new OpenedFile() {};

  /** Returns the content from its beginning, as one read gives it. */
  default byte[] read() {
    return new byte[0];
  }

  /** Refuses if the file's device is gone. */
  default void checkAlive() {}

  /** Passes one write on and returns how many bytes were taken. */
  default int write(byte[] bytes) {
    throw KernelRefusal.of(Errno.EINVAL, "this file takes nothing");
  }

  /** Lets go. */
  default void close() {}

  /** Returns an attribute. */
  static OpenedFile of(OpenFile file) {
    return new OpenedFile() {
      @Override
      public byte[] read() {
        return file.read().bytes();
      }

      @Override
      public void checkAlive() {
        file.checkAlive();
      }

      @Override
      public int write(byte[] bytes) {
        return file.write(bytes);
      }
    };
  }
}
