package org.vfioap.qemu.block;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.Optional;
import org.vfioap.qemu.descriptor.NativeLibraries;

/**
 * Locks on bytes of a file that belong to one opening of it: unlike those of Java, which belong to
 * the process, they stay when another handle of the file is closed, and the process itself meets
 * them where it opens the file twice.
 *
 * <p>Source: util/osdep.c (qemu_lock_fd, qemu_lock_fd_test) of QEMU 7.2; fcntl(2) of 64-bit Linux.
 */
final class ByteLocks implements AutoCloseable {
  private static final int READ_ONLY = 0;
  private static final int CLOSE_ON_EXEC = 02000000;
  private static final int GET = 36;
  private static final int SET = 37;
  private static final short SHARED = 0;
  private static final short EXCLUSIVE = 1;
  private static final short NONE = 2;
  private static final int STRUCTURE = 32;
  private static final int START = 8;
  private static final int LENGTH = 16;

  private final NativeLibrary library;
  private final Function control;
  private final int file;

  private ByteLocks(NativeLibrary library, int file) {
    this.library = library;
    this.control = library.getFunction("fcntl");
    this.file = file;
  }

  /** Opens {@code path} once more; nothing where the file or the C library cannot be used. */
  static Optional<ByteLocks> of(Path path) {
    try {
      NativeLibraries.prepare();
      NativeLibrary library = NativeLibrary.getInstance("c");
      Object[] arguments = {path.toString(), READ_ONLY | CLOSE_ON_EXEC};
      int file = library.getFunction("open").invokeInt(arguments);
      return file < 0 ? Optional.empty() : Optional.of(new ByteLocks(library, file));
    } catch (LinkageError noLibrary) {
      return Optional.empty();
    }
  }

  /** Says whether another opening of the file has locked a byte. */
  boolean isLockedElsewhere(int at) {
    try (Memory lock = lock(EXCLUSIVE, at)) {
      return call(GET, lock) && lock.getShort(0) != NONE;
    }
  }

  /** Locks a byte, together with others who do; false if somebody wants it alone. */
  boolean lock(int at) {
    try (Memory lock = lock(SHARED, at)) {
      return call(SET, lock);
    }
  }

  void unlock(int at) {
    try (Memory lock = lock(NONE, at)) {
      call(SET, lock);
    }
  }

  private static Memory lock(short type, int at) {
    Memory lock = new Memory(STRUCTURE);
    lock.clear();
    lock.setShort(0, type);
    lock.setLong(START, at);
    lock.setLong(LENGTH, 1);
    return lock;
  }

  private boolean call(int command, Memory lock) {
    Object[] arguments = {file, command, lock};
    return control.invokeInt(arguments) == 0;
  }

  @Override
  public void close() {
    Object[] arguments = {file};
    library.getFunction("close").invokeInt(arguments);
  }
}
