package org.vfioap.bus;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ResponseCode;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.HostLock;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.Uevent.Action;

/**
 * The AP bus of one kernel.
 *
 * <p>Methods that read or change devices are called with the kernel's lock held, except where they
 * say that they take it.
 */
public final class ApBus {
  private final Kernel kernel;
  private final ApInstructions hardware;
  private final ApMasks masks;
  private final BindingsWatch watch;
  private final DriverCore core;
  private final SecureExecution secure;
  private final BusScan scan;
  private final BusSettings settings;
  private final DriverOverrides overrides = new DriverOverrides();
  private final boolean withAny;

  private ApBus(Kernel kernel, ApInstructions hardware, ApMasks masks) {
    this.kernel = kernel;
    this.hardware = hardware;
    this.masks = masks;
    watch = new BindingsWatch(kernel);
    withAny = kernel.profile().has(KernelRules.IN_USE_WITH_ANY);
    core = new DriverCore(kernel, masks, overrides, watch);
    secure = new SecureExecution(kernel, hardware, core);
    scan = new BusScan(kernel.profile(), hardware, core, secure);
    settings = new BusSettings(this);
  }

  /**
   * Registers the bus and the host's drivers; no device exists before the first {@link #scan}.
   *
   * @param apmask the boot parameter {@code ap.apmask}, if given: applied to an empty mask, and a
   *     malformed one leaves the mask empty
   * @param aqmask the same for {@code ap.aqmask}
   */
  public static ApBus boot(
      Kernel kernel, ApInstructions hardware, Optional<String> apmask, Optional<String> aqmask) {
    KernelProfile profile = kernel.profile();
    ApMasks masks = new ApMasks(bootMask(apmask, profile), bootMask(aqmask, profile));
    return new ApBus(kernel, hardware, masks);
  }

  private static ApMask bootMask(Optional<String> parameter, KernelProfile profile) {
    if (parameter.isEmpty()) {
      return ApMask.ALL;
    }
    try {
      return MaskSyntax.parse(parameter.get(), ApMask.NONE, profile);
    } catch (KernelRefusal malformed) {
      return ApMask.NONE;
    }
  }

  /** Returns the kernel that this bus is part of. */
  public Kernel kernel() {
    return kernel;
  }

  /** Returns the instructions that reach the hardware. */
  public ApInstructions hardware() {
    return hardware;
  }

  /** Returns {@code apmask} and {@code aqmask}. */
  public ApMasks masks() {
    return masks;
  }

  BusSettings settings() {
    return settings;
  }

  BindingsWatch bindings() {
    return watch;
  }

  BusScan devices() {
    return scan;
  }

  SecureExecution secureExecution() {
    return secure;
  }

  DriverCore core() {
    return core;
  }

  /** Returns the answer of QCI at the last scan; empty without the facility. */
  public Optional<ApConfig> config() {
    return scan.config();
  }

  /** Returns the default domain, {@code ap_domain}: -1 before a scan found one. */
  public int defaultDomain() {
    return settings.domain();
  }

  /** Returns how often the bus was scanned since boot. */
  public long scans() {
    return watch.scans();
  }

  /** Returns {@code /sys/bus/ap/bindings} without its newline. */
  public String bindingsText() {
    return watch.show();
  }

  /** Scans the bus once, as the timer and a write to {@code scans} do; takes the lock. */
  public void scan() {
    kernel
        .lock()
        .run(
            () -> {
              scan.run(settings::selectDomain);
              watch.scanDone();
              settings.restartTimer();
            });
  }

  /** Tells whether the time for the next periodic scan has come. */
  public boolean scanIsDue() {
    return settings.scanIsDue();
  }

  /** Returns the card devices, adapters ascending. */
  public List<ApCard> cards() {
    return scan.cards();
  }

  /** Returns the card device of an adapter, if there is one; null also outside 0 to 255. */
  public @Nullable ApCard card(int adapter) {
    return adapter >= 0 && adapter <= ApMask.LAST ? scan.card(adapter) : null;
  }

  /** Returns the queue device of an APQN, if there is one. */
  public @Nullable ApQueue queue(int adapter, int domain) {
    ApCard card = card(adapter);
    return card == null ? null : card.queue(domain);
  }

  /** Returns the driver's name of every registered driver, in the order of registration. */
  public List<String> driverNames() {
    return core.drivers().stream().map(ApDriver::driverName).toList();
  }

  /** Returns the kernel modules of the host's drivers. */
  public List<String> hostModules() {
    return HostDriver.of(kernel.profile()).stream().map(HostDriver::module).distinct().toList();
  }

  /** Registers a driver; it gets the queues that no other driver has and the masks leave to it. */
  public void register(ApDriver driver) {
    core.register(driver);
    for (ApCard card : cards()) {
      for (ApQueue queue : card.queues()) {
        if (queue.driver() == null) {
          core.attach(queue);
        }
      }
    }
    watch.driverRegistered();
  }

  /** Takes a driver off its devices and forgets it. */
  public void unregister(ApDriver driver) {
    for (ApCard card : cards()) {
      card.queues().stream().filter(queue -> queue.driver() == driver).forEach(core::detach);
    }
    core.unregister(driver);
  }

  /**
   * Writes {@code apmask}; takes the locks.
   *
   * @throws KernelRefusal EINVAL for a malformed text, or while a queue has a driver_override;
   *     EBUSY if an APQN that the mask would newly reserve is assigned to an mdev
   */
  public void writeAdapterMask(String text) {
    edit(() -> commitAdapters(text));
  }

  /**
   * Writes {@code aqmask}; takes the locks.
   *
   * @throws KernelRefusal as {@link #writeAdapterMask}
   */
  public void writeDomainMask(String text) {
    edit(() -> commitDomains(text));
  }

  private void edit(Runnable commit) {
    HostLock lock = kernel.lock();
    lock.deferring(() -> masks.whileEditing(() -> lock.run(commit)));
  }

  private void commitAdapters(String text) {
    overrides.checkMaskWrite();
    ApMask before = masks.adapters();
    ApMask now = MaskSyntax.parse(text, before, kernel.profile());
    if (!now.equals(before)) {
      refuseInUse(now.minus(before), withAny ? ApMask.ALL : masks.domains());
      masks.adapters(now);
      masksChanged("APMASK=" + now + "\n");
    }
  }

  private void commitDomains(String text) {
    overrides.checkMaskWrite();
    ApMask before = masks.domains();
    ApMask now = MaskSyntax.parse(text, before, kernel.profile());
    if (!now.equals(before)) {
      refuseInUse(withAny ? ApMask.ALL : masks.adapters(), now.minus(before));
      masks.domains(now);
      masksChanged("AQMASK=" + now + "\n");
    }
  }

  private void masksChanged(String news) {
    overrides.masksChanged(masks);
    core.revise(cards());
    kernel.uevents().send(Action.CHANGE, "/devices/ap", "ap", List.of(news));
  }

  /**
   * Writes {@code driver_override} of a queue; takes the locks.
   *
   * @throws KernelRefusal EINVAL while the masks are in use, or for 4095 bytes and more
   */
  void writeOverride(ApQueue queue, String text) {
    masks.whileEditing(() -> kernel.lock().run(() -> core.writeOverride(queue, text)));
  }

  /**
   * Returns the domains of an adapter whose queues belong to the host's drivers: by what they are
   * bound to where they have an override, else by the masks.
   */
  public ApMask reserved(int adapter) {
    return core.reserved(adapter);
  }

  /** Only what a mask newly reserves matters, and to older kernels only with the other mask. */
  private void refuseInUse(ApMask adapters, ApMask domains) {
    for (ApDriver driver : core.drivers()) {
      if (driver.inUse(adapters, domains)) {
        throw KernelRefusal.of(
            Errno.EBUSY,
            "the mask would take queues from "
                + driver.driverName()
                + " that are assigned to a mediated device; the kernel log names them");
      }
    }
  }

  /** Finds a device by the text written to bind, unbind or drivers_probe. */
  Optional<ApDevice> find(String written) {
    String name = written.endsWith("\n") ? written.substring(0, written.length() - 1) : written;
    return DeviceName.parse(name)
        .map(n -> n.domain() < 0 ? card(n.adapter()) : queue(n.adapter(), n.domain()));
  }

  boolean answersNormally(int adapter, int domain) {
    return hardware.test(adapter, domain) == ResponseCode.NORMAL;
  }
}
