package org.vfioap.kernel;

import java.time.InstantSource;

/**
 * What the parts of one emulated kernel share.
 *
 * @param profile which kernel it is
 * @param lock held by whoever looks at or changes AP state
 * @param log the ring buffer
 * @param uevents the events to user space
 * @param clock the time of the machine
 */
public record Kernel(
    KernelProfile profile, HostLock lock, KernelLog log, Uevents uevents, InstantSource clock) {

  /** Boots a kernel: empty log, no events yet. */
  public static Kernel boot(KernelProfile profile, InstantSource clock) {
    return new Kernel(
        profile, HostLock.create(), KernelLog.startingNow(clock), Uevents.create(), clock);
  }
}
