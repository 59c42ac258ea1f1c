package org.vfioap.fuse;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The system calls that the JDK has no method for. */
final class LibC {
  static final int O_RDWR = 2;
  static final int O_CLOEXEC = 02000000;
  static final int O_NONBLOCK = 04000;
  static final int MNT_FORCE = 1;
  static final int MNT_DETACH = 2;
  static final int MS_NOSUID = 2;
  static final int MS_NODEV = 4;

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  private static final int F_SETFL = 4;
  private static final int POLLIN = 1;

  static {
    Native.register(LibC.class, "c");
  }

  private LibC() {}

  static native int open(String path, int flags);

  static native int close(int fd);

  static native int fcntl(int fd, int command, int argument);

  static native int poll(Pointer descriptors, long count, int milliseconds);

  static native long read(int fd, Pointer buffer, long count);

  static native long write(int fd, Pointer buffer, long count);

  static native int mount(String source, String target, String type, long flags, String data);

  static native int umount2(String target, int flags);

  static native int getuid();

  static native int getgid();

  static native Pointer strerror(int number);

  /** Lets reads return EAGAIN instead of waiting. */
  static void makeNonBlocking(int fd) {
    fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK);
  }

  /** Returns what {@link #awaitInput} takes. */
  static Memory input(int fd) {
    Memory descriptor = new Memory(8);
    descriptor.setInt(0, fd);
    descriptor.setInt(4, POLLIN);
    return descriptor;
  }

  /** Waits until a read would return something, or fail. */
  static void awaitInput(Memory input) {
    poll(input, 1, -1);
  }

  /** Returns the errno of the thread's last call. */
  static int errno() {
    return Native.getLastError();
  }

  static String text(int errno) {
    return strerror(errno).getString(0);
  }
}
