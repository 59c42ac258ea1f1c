package org.vfioap.mdev;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApMatrix;
import org.vfioap.bus.ApBus;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.NumberSyntax;
import org.vfioap.kernel.WhenBusy;

/**
 * The vfio_ap module: the matrix device and its mdevs.
 *
 * <p>Methods take the kernel's lock themselves.
 *
 * <p>Source: the document, "Set up the VFIO mediated device interfaces"; Linux 6.1 vfio_ap_ops.c,
 * drivers/vfio/mdev and drivers/vfio/vfio_main.c.
 */
public final class VfioAp {
  /** How many mdevs there can be: {@code MAX_ZDEV_ENTRIES_EXT}. */
  static final int MAX_INSTANCES = 65536;

  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final int UUID_LENGTH = 36;

  private final Kernel kernel;
  private final ApBus bus;
  private final MdevList mdevs;
  private final PassedQueues queues;
  private final MdevsLock lock;
  private final Assignment assignment;
  private final Removal removal;
  private final VfioApDriver driver;
  private final MdevEvents events;
  private final FreeNumbers groups = new FreeNumbers();
  private final FreeNumbers minors = new FreeNumbers();
  private int available = MAX_INSTANCES;
  private boolean loaded;

  private VfioAp(ApBus bus) {
    this.bus = bus;
    kernel = bus.kernel();
    lock = new MdevsLock(kernel.lock());
    mdevs = new MdevList(kernel);
    queues = new PassedQueues(bus.hardware(), new Resets(kernel, lock, bus.hardware()));
    assignment = new Assignment(bus, lock, mdevs, queues);
    removal = new Removal(kernel, lock);
    driver = new VfioApDriver(bus, lock, mdevs, queues, assignment);
    events = new MdevEvents(kernel);
  }

  /** Loads the module: the matrix device appears, and the driver gets the queues left to it. */
  public static VfioAp load(ApBus bus) {
    VfioAp vfioAp = new VfioAp(bus);
    vfioAp.kernel.lock().run(vfioAp::register);
    return vfioAp;
  }

  private void register() {
    loaded = true;
    events.containerAdded();
    events.matrixAdded();
    bus.register(driver);
    events.matrixRegistered();
  }

  /**
   * Unloads the module: all mdevs are removed and the queues lose their driver.
   *
   * @throws KernelRefusal EBUSY if a program holds an mdev open; then nothing changes
   */
  public void unload() {
    lock.run(this::unregister);
  }

  private void unregister() {
    if (mdevs.all().stream().anyMatch(MatrixMdev::isOpen)) {
      throw KernelRefusal.of(Errno.EBUSY, "a guest uses an mdev of vfio_ap");
    }
    events.matrixUnregistered();
    List.copyOf(mdevs.all()).forEach(this::dismantle);
    bus.unregister(driver);
    events.matrixRemoved();
    events.containerRemoved();
    loaded = false;
  }

  Kernel kernel() {
    return kernel;
  }

  MdevsLock lock() {
    return lock;
  }

  Assignment assignment() {
    return assignment;
  }

  boolean isLoaded() {
    return loaded;
  }

  int available() {
    return available;
  }

  /** Returns all mdevs, oldest first; whoever looks at more than their names holds the lock. */
  public Collection<MatrixMdev> mdevs() {
    return kernel.lock().get(() -> List.copyOf(mdevs.all()));
  }

  /** Returns the mdev of this name, if there is one; takes no lock. */
  public @Nullable MatrixMdev mdev(String uuid) {
    return mdevs.get(uuid);
  }

  /** Returns the mdev of an IOMMU group, if there is one; takes no lock. */
  @Nullable MatrixMdev mdevOfGroup(int group) {
    return mdevs.ofGroup(group);
  }

  /** Returns the mdev of a minor number, if there is one; takes no lock. */
  @Nullable MatrixMdev mdevOfMinor(int minor) {
    return mdevs.ofMinor(minor);
  }

  /**
   * Creates an mdev: a write to {@code create}.
   *
   * @param text a UUID of any case; one more byte may follow, whatever it is
   * @throws KernelRefusal EINVAL for anything else, ENODEV if the module was unloaded, EEXIST if
   *     there is one, EUSERS if there are 65536
   */
  public void create(String text) {
    boolean wellFormed =
        text.length() >= UUID_LENGTH
            && text.length() <= UUID_LENGTH + 1
            && UUID.matcher(text.substring(0, UUID_LENGTH)).matches();
    if (!wellFormed) {
      throw KernelRefusal.of(Errno.EINVAL, "'" + text.strip() + "' is no UUID");
    }
    String uuid = text.substring(0, UUID_LENGTH).toLowerCase(Locale.ROOT);
    lock.run(() -> add(uuid));
  }

  private void add(String uuid) {
    if (!loaded) {
      throw KernelRefusal.of(Errno.ENODEV, "vfio_ap is not loaded any more");
    }
    if (mdevs.get(uuid) != null) {
      throw KernelRefusal.of(Errno.EEXIST, "mdev " + uuid + " exists already");
    }
    if (available == 0) {
      throw KernelRefusal.of(Errno.EUSERS, "there are " + MAX_INSTANCES + " mdevs already");
    }
    available--;
    MatrixMdev mdev = new MatrixMdev(uuid, groups.take(), minors.take(), queues.config());
    mdevs.add(mdev);
    events.added(mdev);
  }

  /**
   * Removes an mdev: a write to its {@code remove}.
   *
   * @param text a number; 0 does nothing
   * @throws KernelRefusal EINVAL if it is no number; EBUSY if a program holds it open and the
   *     profile refuses then. Where it waits nothing ends the wait but the close.
   */
  public void remove(MatrixMdev mdev, String text) {
    if (isZero(text)) {
      return;
    }
    lock.run(() -> removeOrWait(mdev));
  }

  private static boolean isZero(String text) {
    try {
      return NumberSyntax.parseUnsigned(text) == 0;
    } catch (KernelRefusal refusal) {
      throw KernelRefusal.of(Errno.EINVAL, "'" + text.strip() + "' is no number");
    }
  }

  private void removeOrWait(MatrixMdev mdev) {
    if (!mdev.isUsable()) {
      throw KernelRefusal.of(Errno.ENODEV, "mdev " + mdev + " is being removed");
    }
    if (!mdev.isOpen()) {
      dismantle(mdev);
    } else if (kernel.profile().get(KernelRules.REMOVE_IN_USE) == WhenBusy.REFUSE) {
      throw KernelRefusal.of(Errno.EBUSY, "mdev " + mdev + " is in use by a guest");
    } else {
      mdev.startRemoving();
      events.removalBegun(mdev);
      removal.await(mdev);
    }
  }

  private void dismantle(MatrixMdev mdev) {
    ApMatrix assigned = mdev.assigned();
    queues.resetAll(assigned.adapters(), assigned.domains());
    mdevs.remove(mdev);
    groups.release(mdev.group());
    minors.release(mdev.minor());
    available++;
    mdev.finishRemoving();
    events.removed(mdev);
    kernel.lock().signalAll();
  }

  /**
   * Opens an mdev for a guest, as QEMU does through {@code /dev/vfio/N}.
   *
   * @param uuid the name of the mdev
   * @param guest the guest whose APCB it fills, or null to open it without a virtual machine
   * @return what holds it open
   * @throws KernelRefusal ENOENT if there is none; EBUSY if it is open; EINVAL without a guest;
   *     EPERM if the guest has another mdev
   */
  public OpenMdev open(String uuid, @Nullable Guest guest) {
    return lock.change(() -> openLocked(uuid, guest));
  }

  private OpenMdev openLocked(String uuid, @Nullable Guest guest) {
    MatrixMdev mdev = mdevs.get(uuid);
    if (mdev == null) {
      throw KernelRefusal.of(Errno.ENOENT, "there is no mdev " + uuid);
    }
    if (mdev.isOpen()) {
      throw KernelRefusal.of(Errno.EBUSY, "mdev " + uuid + " is open already");
    }
    if (guest == null) {
      throw KernelRefusal.of(Errno.EINVAL, "mdev " + uuid + " was opened without a guest");
    }
    if (guest.hasCrypto()) {
      connect(mdev, guest);
    }
    mdev.open(true);
    return new OpenMdev(this, mdev);
  }

  private static void connect(MatrixMdev mdev, Guest guest) {
    MatrixMdev other = guest.mdev();
    if (other != null) {
      throw KernelRefusal.of(Errno.EPERM, "guest " + guest + " has mdev " + other + " already");
    }
    mdev.connect(guest);
  }

  /** VFIO_DEVICE_SET_IRQS: EINVAL for an event that the kernel does not know. */
  void onSignal(MatrixMdev mdev, MdevSignal signal, @Nullable Runnable listener) {
    if (!signal.isKnownTo(kernel.profile())) {
      throw KernelRefusal.of(
          Errno.EINVAL, kernel.profile() + " does not send the event " + signal.label());
    }
    lock.run(() -> mdev.onSignal(signal, listener));
  }

  /** VFIO_DEVICE_RESET: resets all queues of the mdev. */
  void reset(MatrixMdev mdev) {
    lock.run(
        () -> {
          ApMatrix assigned = mdev.assigned();
          if (!queues.resetAll(assigned.adapters(), assigned.domains())) {
            Errno errno = kernel.profile().get(KernelRules.FAILED_RESET);
            throw KernelRefusal.of(errno, "a queue of mdev " + mdev + " was not reset");
          }
        });
  }

  void close(MatrixMdev mdev) {
    lock.run(() -> closeLocked(mdev));
  }

  private void closeLocked(MatrixMdev mdev) {
    Guest guest = mdev.guest();
    if (guest != null) {
      guest.detach();
      mdev.detach();
      queues.resetAll(mdev.assigned().adapters(), mdev.assigned().domains());
    }
    mdev.open(false);
    if (mdev.isRemoving()) {
      dismantle(mdev);
    }
  }
}
