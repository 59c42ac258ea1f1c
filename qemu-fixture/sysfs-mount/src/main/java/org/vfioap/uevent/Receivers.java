package org.vfioap.uevent;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a network namespace that receive a group of uevents, and what they have not read.
 *
 * <p>Source: Linux net/netlink/af_netlink.c, netlink_native_seq_show, for /proc/net/netlink.
 */
final class Receivers implements AutoCloseable {
  /** Of the thread, which may be in another network namespace than its process. */
  private static final String SOCKETS = "/proc/thread-self/net/netlink";

  /** The protocol in its column; most sockets are of others. */
  private static final String UEVENTS = " " + Netlink.KOBJECT_UEVENT + " ";

  private static final int PROTOCOL = 1;
  private static final int GROUPS = 3;
  private static final int UNREAD = 4;
  private static final int INODE = 9;
  private static final int CHUNK = 4096;

  private final @Nullable RandomAccessFile sockets;
  private final int groups;

  private Receivers(@Nullable RandomAccessFile sockets, int groups) {
    this.sockets = sockets;
    this.groups = groups;
  }

  /**
   * Finds the receivers in the network namespace of the calling thread; none if there is no /proc.
   */
  static Receivers of(int groups) {
    try {
      return new Receivers(new RandomAccessFile(SOCKETS, "r"), groups);
    } catch (IOException noProc) {
      return new Receivers(null, groups);
    }
  }

  /** Returns how many bytes each socket that is behind has not read, by its inode. */
  synchronized Map<String, Long> unread() {
    try {
      return sockets == null ? Map.of() : unread(table(sockets));
    } catch (IOException closed) {
      return Map.of();
    }
  }

  private static String table(RandomAccessFile sockets) throws IOException {
    sockets.seek(0);
    StringBuilder table = new StringBuilder();
    byte[] chunk = new byte[CHUNK];
    for (int length = sockets.read(chunk); length > 0; length = sockets.read(chunk)) {
      table.append(new String(chunk, 0, length, StandardCharsets.ISO_8859_1));
    }
    return table.toString();
  }

  private Map<String, Long> unread(String table) {
    Map<String, Long> unread = new HashMap<>();
    table
        .lines()
        .filter(line -> line.contains(UEVENTS))
        .map(line -> line.strip().split("\\s+", -1))
        .filter(this::isBehind)
        .forEach(columns -> unread.put(columns[INODE], Long.parseLong(columns[UNREAD])));
    return unread;
  }

  private boolean isBehind(String[] columns) {
    return columns.length > INODE
        && columns[PROTOCOL].equals(UEVENTS.strip())
        && (Integer.parseUnsignedInt(columns[GROUPS], 16) & groups) != 0
        && !columns[UNREAD].equals("0");
  }

  @Override
  public void close() {
    try {
      if (sockets != null) {
        sockets.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot close " + SOCKETS + ": " + e, e);
    }
  }
}
