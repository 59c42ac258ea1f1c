package org.vfioap.kernel;

import java.time.InstantSource;

/**
 * What the parts of one emulated kernel share.
 *
 * @param profile which kernel it is
 * @param lock held by whoever looks at or changes AP state
 * @param timers what is done again and again while somebody waits
 * @param log the ring buffer
 * @param uevents the events to user space
 * @param clock the time of the machine
 */
public record Kernel(
    KernelProfile profile,
    HostLock lock,
    KernelTimers timers,
    KernelLog log,
    Uevents uevents,
    InstantSource clock) {

  /** Boots a kernel: empty log, no events yet. */
  public static Kernel boot(KernelProfile profile, InstantSource clock) {
    KernelTimers timers = new KernelTimers(clock);
    HostLock lock = new HostLock(timers);
    return new Kernel(
        profile, lock, timers, KernelLog.startingNow(clock), Uevents.create(lock), clock);
  }
}
