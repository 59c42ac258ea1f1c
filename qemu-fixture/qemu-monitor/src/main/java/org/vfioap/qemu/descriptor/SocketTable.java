package org.vfioap.qemu.descriptor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the kernel says about the sockets of this process. Source: proc(5), {@code /proc/net/unix}
 * and {@code /proc/net/tcp}.
 *
 * <p>It is asked before the greeting of a guest of libvirt, so it uses no lambda.
 */
public final class SocketTable {
  private static final String SOCKET = "socket:";
  private static final int UNIX_INODE = 6;
  private static final int UNIX_FLAGS = 3;
  private static final int UNIX_PATH = 7;
  private static final int ACCEPTS = 0x10000;
  private static final int INET_INODE = 9;
  private static final int INET_STATE = 3;
  private static final String LISTEN = "0A";

  private SocketTable() {}

  /** Returns the socket behind a descriptor; nothing if it is none. */
  public static Optional<Entry> find(String number) {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
      return link.startsWith(SOCKET)
          ? Optional.of(entry(link.substring(SOCKET.length() + 1, link.length() - 1)))
          : Optional.empty();
    } catch (IOException notOpen) {
      return Optional.empty();
    }
  }

  private static Entry entry(String inode) throws IOException {
    String[] unix = line("/proc/net/unix", UNIX_INODE, inode);
    if (unix.length > 0) {
      boolean listens = (Integer.parseInt(unix[UNIX_FLAGS], 16) & ACCEPTS) != 0;
      return new Entry(true, unix.length > UNIX_PATH ? unix[UNIX_PATH] : "", listens);
    }
    for (String file : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      String[] inet = line(file, INET_INODE, inode);
      if (inet.length > 0) {
        return new Entry(false, "", inet[INET_STATE].equals(LISTEN));
      }
    }
    return new Entry(false, "", false);
  }

  private static String[] line(String file, int column, String inode) throws IOException {
    if (Files.exists(Path.of(file))) {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] fields = line.trim().split(" +", -1);
        if (fields.length > column && fields[column].equals(inode)) {
          return fields;
        }
      }
    }
    return new String[0];
  }

  /**
   * A socket.
   *
   * @param isUnix whether it is one of files, not of the network
   * @param path the file that it is bound to; empty if there is none
   * @param listens whether others can connect to it
   */
  public record Entry(boolean isUnix, String path, boolean listens) {}
}
