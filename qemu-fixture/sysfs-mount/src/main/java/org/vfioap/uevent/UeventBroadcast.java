package org.vfioap.uevent;

import java.nio.file.Path;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Uevent;
import org.vfioap.kernel.Uevents;

/**
 * Sends the uevents of a machine on netlink, in the kernel's order and content, before the write
 * that caused them returns.
 *
 * <p>They reach programs in the network namespace of the thread that started it. Receivers believe
 * only root's events, as their user namespace sees it.
 */
public final class UeventBroadcast implements AutoCloseable {
  private final Audience audience;
  private final Netlink netlink;
  private final Uevents.Subscription subscription;
  private boolean closed;

  private UeventBroadcast(ApHost host, Audience audience, Netlink netlink) {
    this.audience = audience;
    this.netlink = netlink;
    subscription = host.uevents().subscribe(this::send);
  }

  /**
   * Sends every later event of the machine.
   *
   * @throws IllegalStateException if this computer has no netlink sockets
   */
  public static UeventBroadcast start(ApHost host, Audience audience) {
    return new UeventBroadcast(host, audience, Netlink.open(audience));
  }

  /**
   * Sends every later event of the machine in another network namespace.
   *
   * @param network the namespace, such as {@code /proc/PID/ns/net}
   * @throws IllegalStateException if it cannot be entered, or has no netlink sockets
   */
  public static UeventBroadcast start(ApHost host, Audience audience, Path network) {
    return new UeventBroadcast(host, audience, Netlink.open(audience, network));
  }

  private synchronized void send(Uevent event) {
    if (!closed) {
      netlink.send(audience.message(event));
    }
  }

  /** Ends the broadcast; harmless when repeated. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      subscription.close();
      netlink.close();
    }
  }
}
