package org.vfioap.uevent;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Uevent;
import org.vfioap.kernel.Uevents;

/**
 * Sends the uevents of a machine on netlink, in the kernel's order and content, before the write
 * that caused them returns.
 *
 * <p>They reach programs in the network namespace of the thread that started it: those that listen
 * to udev, or, while a udevd listens on /run/udev/control there, those that listen to the kernel,
 * which then leaves the others to udevd. Receivers believe only root's events, as their user
 * namespace sees it.
 */
public final class UeventBroadcast implements AutoCloseable {
  /** The kernel tells nobody that a socket was read; so it has to be asked again and again. */
  private static final long PAUSE_NANOS = 500_000;

  private final Netlink netlink;
  private final Patience patience;
  private final ThreadLocal<Boolean> told = ThreadLocal.withInitial(() -> false);
  private final Uevents.Subscription subscription;
  private boolean closed;

  private UeventBroadcast(ApHost host, Netlink netlink) {
    this.netlink = netlink;
    patience = new Patience(netlink::unread, () -> LockSupport.parkNanos(PAUSE_NANOS));
    subscription = host.uevents().subscribe(this::send);
  }

  /**
   * Sends every later event of the machine.
   *
   * @throws IllegalStateException if this computer has no netlink sockets
   */
  public static UeventBroadcast start(ApHost host) {
    return new UeventBroadcast(host, Netlink.open(Udevd.CONTROL));
  }

  /**
   * Sends every later event of the machine in another network namespace.
   *
   * @param network the namespace, such as {@code /proc/PID/ns/net}
   * @throws IllegalStateException if it cannot be entered, or has no netlink sockets
   */
  public static UeventBroadcast start(ApHost host, Path network) {
    return start(host, network, Udevd.CONTROL);
  }

  static UeventBroadcast start(ApHost host, Path network, Path control) {
    return new UeventBroadcast(host, Netlink.open(control, network));
  }

  private synchronized void send(Uevent event) {
    if (!closed) {
      Audience audience = netlink.audience();
      if (event.action() == Uevent.Action.ADD && audience == Audience.UDEV) {
        patience.expect();
        told.set(true);
      }
      netlink.send(audience, audience.message(event));
    }
  }

  /**
   * Waits until programs have read what the calling thread sent of devices that came, and have
   * looked at the machine then, so that a program which creates a device finds that another one,
   * such as libvirt, knows it. A receiver that neither reads nor asks the machine is waited for
   * once, about a quarter of a second, and one that reads and asks nothing three times.
   *
   * <p>Nobody waits for programs to read of devices that went: while libvirt removes one, it cannot
   * read (9.0, nodeDeviceDestroy).
   *
   * @param beginsToWait runs before it waits, so that they can ask the machine
   * @param answered says how many of their questions the machine has answered so far
   */
  public void awaitReceivers(Runnable beginsToWait, LongSupplier answered) {
    if (told.get()) {
      told.remove();
      patience.await(beginsToWait, answered);
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
