package org.vfioap.uevent;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sockets of a network namespace that receive a group of uevents, and what they have not read.
 *
 * <p>Source: Linux net/netlink/af_netlink.c, netlink_native_seq_show, for /proc/net/netlink.
 */
final class Receivers implements AutoCloseable {
  /** The protocol in its column; most sockets are of others. */
  private static final String UEVENTS = " " + Netlink.KOBJECT_UEVENT + " ";

  private static final int PROTOCOL = 1;
  private static final int GROUPS = 3;
  private static final int UNREAD = 4;
  private static final int INODE = 9;

  private final NetTable sockets;
  private final int groups;

  private Receivers(NetTable sockets, int groups) {
    this.sockets = sockets;
    this.groups = groups;
  }

  /** Finds the receivers in the network namespace of the calling thread. */
  static Receivers of(int groups) {
    return new Receivers(NetTable.open("netlink"), groups);
  }

  /** Returns how many bytes each socket has not read, by its inode. */
  Map<String, Long> unread() {
    return sockets
        .rows(UEVENTS)
        .filter(this::isReceiver)
        .collect(
            Collectors.toMap(
                columns -> columns[INODE], columns -> Long.valueOf(columns[UNREAD]), Long::max));
  }

  private boolean isReceiver(String[] columns) {
    return columns.length > INODE
        && columns[PROTOCOL].equals(Integer.toString(Netlink.KOBJECT_UEVENT))
        && (Integer.parseUnsignedInt(columns[GROUPS], 16) & groups) != 0;
  }

  @Override
  public void close() {
    sockets.close();
  }
}
