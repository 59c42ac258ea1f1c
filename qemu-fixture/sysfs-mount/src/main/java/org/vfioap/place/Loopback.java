package org.vfioap.place;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The loopback interface of the machine's network namespace, which is down at first.
 *
 * <p>Source: Linux include/uapi/linux/if.h, struct ifreq, and netdevice(7), SIOCSIFFLAGS.
 */
final class Loopback {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SIOCSIFFLAGS = 0x8914;
  private static final short IFF_UP = 1;
  private static final int REQUEST_SIZE = 40;
  private static final int FLAGS_OFFSET = 16;

  static {
    Native.register(Loopback.class, "c");
  }

  private Loopback() {}

  private static native int socket(int family, int type, int protocol);

  private static native int ioctl(int fd, long request, Pointer argument);

  private static native int close(int fd);

  /** Switches it on; a machine without works, too, but for programs that talk over it. */
  static void up() {
    int socket = socket(AF_INET, SOCK_DGRAM, 0);
    try (Memory request = new Memory(REQUEST_SIZE)) {
      request.clear();
      request.setString(0, "lo");
      request.setShort(FLAGS_OFFSET, IFF_UP);
      if (ioctl(socket, SIOCSIFFLAGS, request) != 0) {
        System.err.println("vfioap: the interface lo cannot be switched on");
      }
    }
    close(socket);
  }
}
