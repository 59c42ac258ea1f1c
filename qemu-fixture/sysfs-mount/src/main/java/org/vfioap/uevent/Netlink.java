package org.vfioap.uevent;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A netlink socket for uevents. */
final class Netlink implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 02000000;
  private static final int CLONE_NEWNET = 0x40000000;
  static final int KOBJECT_UEVENT = 15;
  private static final int ADDRESS_LENGTH = 12;
  private static final int GROUPS = 8;

  /** UEVENT_BUFFER_SIZE of the kernel, and a header. */
  private static final int MAX_MESSAGE = 2048 + 64;

  static {
    Native.register(Netlink.class, "c");
  }

  private final int socket;
  private final Receivers receivers = Receivers.of(Audience.UDEV.groups());
  private final Udevd udevd;
  private final Memory address = address(0);
  private final Memory buffer = new Memory(MAX_MESSAGE);

  private Netlink(int socket, Path control) {
    this.socket = socket;
    udevd = Udevd.at(control);
  }

  private static native int socket(int family, int type, int protocol);

  private static native int bind(int socket, Pointer address, int length);

  private static native long sendto(
      int socket, Pointer message, long length, int flags, Pointer address, int addressLength);

  private static native int open(String path, int flags);

  private static native int setns(int namespace, int type);

  private static native int close(int fd);

  private static native Pointer strerror(int number);

  /**
   * Opens a socket in the network namespace of the calling thread.
   *
   * @param control where a udevd would listen
   */
  static Netlink open(Path control) {
    int socket = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, KOBJECT_UEVENT);
    if (socket < 0) {
      throw refused("open a netlink socket");
    }
    try (Memory own = address(0)) {
      if (bind(socket, own, ADDRESS_LENGTH) != 0) {
        IllegalStateException refused = refused("bind a netlink socket");
        close(socket);
        throw refused;
      }
    }
    return new Netlink(socket, control);
  }

  /**
   * Opens a socket in another network namespace.
   *
   * @param control where a udevd would listen
   * @param network such as {@code /proc/PID/ns/net}
   */
  static Netlink open(Path control, Path network) {
    FutureTask<Netlink> opening =
        new FutureTask<>(
            () -> {
              enter(network);
              return open(control);
            });
    // A thread of its own, since it stays in that namespace until it ends.
    Thread thread = new Thread(opening, "netlink");
    thread.start();
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot enter " + network + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while entering " + network, e);
    }
  }

  private static void enter(Path network) {
    int namespace = open(network.toString(), SOCK_CLOEXEC);
    if (namespace < 0 || setns(namespace, CLONE_NEWNET) != 0) {
      throw refused("enter the network namespace " + network);
    }
    close(namespace);
  }

  private static IllegalStateException refused(String action) {
    String reason = strerror(Native.getLastError()).getString(0);
    return new IllegalStateException("this computer does not " + action + ": " + reason);
  }

  private static Memory address(int groups) {
    Memory address = new Memory(ADDRESS_LENGTH);
    address.clear();
    address.setShort(0, (short) AF_NETLINK);
    address.setInt(GROUPS, groups);
    return address;
  }

  /** Returns who receives events now. */
  Audience audience() {
    return udevd.runs() ? Audience.KERNEL : Audience.UDEV;
  }

  /** Sends a message. Whether anybody listens is not told, as the kernel does not mind either. */
  void send(Audience audience, byte[] message) {
    address.setInt(GROUPS, audience.groups());
    int length = Math.min(message.length, MAX_MESSAGE);
    buffer.write(0, message, 0, length);
    sendto(socket, buffer, length, 0, address, ADDRESS_LENGTH);
  }

  /** Returns how many bytes each receiver has not read. */
  Map<String, Long> unread() {
    return receivers.unread();
  }

  @Override
  public void close() {
    close(socket);
    receivers.close();
    udevd.close();
    address.close();
    buffer.close();
  }
}
