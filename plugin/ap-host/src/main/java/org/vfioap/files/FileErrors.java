package org.vfioap.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/**
 * Error numbers as exceptions of the JDK.
 *
 * <p>Source: sun.nio.fs.UnixException and sun.nio.ch.IOUtil of OpenJDK 17: what takes a path throws
 * a kind of {@link FileSystemException}, what takes a descriptor a plain {@link IOException}.
 */
final class FileErrors {
  private FileErrors() {}

  /** Returns the answer of what is asked of a path. */
  static <T> T opening(String path, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (KernelRefusal refusal) {
      throw ofPath(path, refusal);
    }
  }

  /** Returns the answer of what is asked of an open file. */
  static <T> T using(Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (KernelRefusal refusal) {
      throw new IOException(refusal.errno().text(), refusal);
    }
  }

  static FileSystemException of(String path, Errno errno) {
    return ofPath(path, KernelRefusal.of(errno, path));
  }

  static FileSystemException ofPath(String path, KernelRefusal refusal) {
    FileSystemException translated =
        switch (refusal.errno()) {
          case ENOENT -> new NoSuchFileException(path);
          case EACCES -> new AccessDeniedException(path);
          case EEXIST -> new FileAlreadyExistsException(path);
          case ELOOP ->
              new FileSystemException(
                  path,
                  null,
                  refusal.errno().text() + " or unable to access attributes of symbolic link");
          default -> new FileSystemException(path, null, refusal.errno().text());
        };
    translated.initCause(refusal);
    return translated;
  }
}
