package org.vfioap.qemu.descriptor;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vfioap.qemu.host.Errno;

/**
 * A terminal without a screen: what programs write to its file is read here, and the other way
 * round. Source: util/qemu-openpty.c of QEMU 7.2; the C library's functions of 64-bit Linux.
 */
public final class PseudoTerminal implements AutoCloseable {
  private static final int READ_WRITE = 2;
  private static final int NO_CONTROL = 0400;
  private static final int SETTINGS = 256;
  private static final short READABLE = 1;
  private static final short HUNG_UP = 0x10;
  private static final int EVENTS = 4;
  private static final int RESULT = 6;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final NativeLibrary library;
  private final int master;
  private final String path;
  private volatile boolean closed;

  private PseudoTerminal(NativeLibrary library, int master, String path) {
    this.library = library;
    this.master = master;
    this.path = path;
  }

  /**
   * Makes one that hands on every byte as it is.
   *
   * @throws IOException if the kernel has none left, or the C library cannot be used
   */
  public static PseudoTerminal open() throws IOException {
    try {
      NativeLibraries.prepare();
      NativeLibrary library = NativeLibrary.getInstance("c");
      int master = call(library, "posix_openpt", READ_WRITE | NO_CONTROL);
      call(library, "grantpt", master);
      call(library, "unlockpt", master);
      Object[] arguments = {master};
      String path = library.getFunction("ptsname").invokeString(arguments, false);
      makeRaw(library, path);
      return new PseudoTerminal(library, master, path);
    } catch (LinkageError noLibrary) {
      throw new IOException(Errno.ENOSYS.text(), noLibrary);
    }
  }

  private static void makeRaw(NativeLibrary library, String path) throws IOException {
    int slave = call(library, "open", path, READ_WRITE | NO_CONTROL);
    try (Memory settings = new Memory(SETTINGS)) {
      call(library, "tcgetattr", slave, settings);
      Object[] arguments = {settings};
      library.getFunction("cfmakeraw").invokeVoid(arguments);
      call(library, "tcsetattr", slave, 0, settings);
    } finally {
      call(library, "close", slave);
    }
  }

  private static int call(NativeLibrary library, String function, Object... arguments)
      throws IOException {
    int result = library.getFunction(function).invokeInt(arguments);
    if (result < 0) {
      throw new IOException(Errno.text(Native.getLastError()));
    }
    return result;
  }

  /** Returns the terminal's file. */
  public String path() {
    return path;
  }

  /** Waits until a program has opened the terminal; false if it was closed here instead. */
  public boolean awaitClient() throws IOException {
    try (Memory poll = new Memory(Long.BYTES)) {
      while (!closed) {
        poll.clear();
        poll.setInt(0, master);
        poll.setShort(EVENTS, READABLE);
        call(library, "poll", poll, 1, 0);
        if ((poll.getShort(RESULT) & HUNG_UP) == 0) {
          return true;
        }
        LockSupport.parkNanos(PAUSE);
      }
      return false;
    }
  }

  /** Reads what is there, waiting for the first byte; nothing once the program has gone. */
  public byte[] read() {
    try (Memory data = new Memory(SETTINGS)) {
      Object[] arguments = {master, data, (long) SETTINGS};
      long length = library.getFunction("read").invokeLong(arguments);
      return length <= 0 ? new byte[0] : data.getByteArray(0, (int) length);
    }
  }

  /** Writes; where nobody reads, it is lost. */
  public void write(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    try (Memory data = new Memory(bytes.length)) {
      data.write(0, bytes, 0, bytes.length);
      long at = 0;
      while (at < bytes.length) {
        Object[] arguments = {master, data.share(at), bytes.length - at};
        long written = library.getFunction("write").invokeLong(arguments);
        if (written <= 0) {
          return;
        }
        at += written;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Object[] arguments = {master};
    library.getFunction("close").invokeInt(arguments);
  }
}
