package org.vfioap.bus;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.WhenBusy;

/**
 * {@code apmask} and {@code aqmask}: their Cartesian product is reserved for the host's drivers.
 *
 * <p>The masks are guarded by the kernel's lock. Beside them stands the lock that a mask write
 * holds from its first to its last step ({@code ap_perms_mutex}); assignments to mdevs share it,
 * since what they check must not change under them.
 */
public final class ApMasks {
  private final ReentrantReadWriteLock editing = new ReentrantReadWriteLock();
  private ApMask adapters;
  private ApMask domains;

  ApMasks(ApMask adapters, ApMask domains) {
    this.adapters = adapters;
    this.domains = domains;
  }

  /** Returns {@code apmask}. */
  public ApMask adapters() {
    return adapters;
  }

  /** Returns {@code aqmask}. */
  public ApMask domains() {
    return domains;
  }

  void adapters(ApMask mask) {
    adapters = mask;
  }

  void domains(ApMask mask) {
    domains = mask;
  }

  /** Returns the domains of an adapter that are reserved for the host's drivers. */
  public ApMask reserved(int adapter) {
    return adapters.has(adapter) ? domains : ApMask.NONE;
  }

  /** Tells whether the APQN is reserved for the host's drivers. */
  public boolean reserves(int adapter, int domain) {
    return adapters.has(adapter) && domains.has(domain);
  }

  /**
   * Runs a write to a mask file; others wait for it or are refused, as the profile says.
   *
   * @throws KernelRefusal EINTR if the thread is interrupted while another write is under way
   */
  public void whileEditing(Runnable write) {
    try {
      editing.writeLock().lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KernelRefusal.of(Errno.EINTR, "interrupted while another write to a mask file runs");
    }
    try {
      write.run();
    } finally {
      editing.writeLock().unlock();
    }
  }

  /**
   * Runs something that relies on the masks as they are. Nothing interrupts the wait for a writer:
   * the kernel takes the lock by {@code mutex_lock} here.
   *
   * @param whenBusy what to do while a mask file is being written
   * @throws KernelRefusal EBUSY if that is to refuse
   */
  public void whileUnchanged(WhenBusy whenBusy, Runnable assignment) {
    if (whenBusy == WhenBusy.WAIT) {
      editing.readLock().lock();
    } else if (!editing.readLock().tryLock()) {
      throw KernelRefusal.of(Errno.EBUSY, "apmask or aqmask is being written at this moment");
    }
    try {
      assignment.run();
    } finally {
      editing.readLock().unlock();
    }
  }
}
