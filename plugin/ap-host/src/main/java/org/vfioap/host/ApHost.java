package org.vfioap.host;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;
import org.vfioap.bus.ApBus;
import org.vfioap.bus.ApCard;
import org.vfioap.bus.ApQueue;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelLog;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.Uevents;
import org.vfioap.kernel.Wait;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.CrycbFormat;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;
import org.vfioap.mdev.VfioAp;
import org.vfioap.processor.Processor;
import org.vfioap.sysfs.SysfsTree;

/**
 * An IBM Z host's AP stack: hardware, AP bus, vfio_ap and guests behind one /sys.
 *
 * <pre>{@code
 * ApHost host = ApHost.builder().hardware(hardware).boot();
 * host.sysfs().write("/sys/bus/ap/apmask", "-5,-6\n");
 * }</pre>
 *
 * <p>Safe for use by several threads: concurrent writers see some serial order.
 */
public final class ApHost {
  private final Kernel kernel;
  private final Optional<ApHardware> hardware;
  private final ApInstructions instructions;
  private final ScanPolicy scanPolicy;
  private final Optional<ApBus> bus;
  private final SysfsTree sysfs;
  private final VfioApModule vfioAp;
  private volatile long seenVersion;

  ApHost(ApHostBuilder settings, ApInstructions instructions, Optional<ApHardware> hardware) {
    this.instructions = instructions;
    this.hardware = hardware;
    kernel = Kernel.boot(settings.profile(), settings.clock());
    scanPolicy = settings.scanPolicy();
    BootParameters boot = settings.bootParameters();
    bus =
        settings.hasApInstructions()
            ? Optional.of(ApBus.boot(kernel, instructions, boot.apmask(), boot.aqmask()))
            : Optional.empty();
    vfioAp = new VfioApModule(kernel.lock(), bus);
    sysfs =
        SysfsTree.of(
            bus.map(b -> RootDirectory.of(b, boot, vfioAp::files))
                .orElseGet(RootDirectory::withoutAp),
            kernel.lock(),
            this::beforeLook);
    bus.ifPresent(ApBus::scan);
    seenVersion = instructions.version();
    if (settings.loadsVfioAp() && bus.isPresent()) {
      loadVfioAp();
    }
  }

  /** Starts the description of a machine; its defaults are in {@link ApHostBuilder}. */
  public static ApHostBuilder builder() {
    return new ApHostBuilder();
  }

  private void beforeLook() {
    if (scanPolicy == ScanPolicy.TIMED) {
      scanIfDue();
    }
  }

  /** Returns the emulated /sys. */
  public SysfsTree sysfs() {
    return sysfs;
  }

  /** Returns the kernel log. */
  public KernelLog log() {
    return kernel.log();
  }

  /** Returns the stream of uevents. */
  public Uevents uevents() {
    return kernel.uevents();
  }

  /**
   * Calls the listener whenever a writer begins to wait for something, such as a removal for the
   * guest that uses the mdev. It is called in the writer's thread and must not call back.
   */
  public void onWait(Consumer<Wait> listener) {
    kernel.lock().onWait(listener);
  }

  /**
   * Calls the listener whenever a thread has to wait until another one has finished its change. It
   * is called in the thread that waits and must not call back.
   */
  public void onContention(Runnable listener) {
    kernel.lock().onContention(listener);
  }

  /**
   * Tells the host that a test moved its clock: what is done every few seconds while a writer waits
   * is done now. With the system clock the writers see to it themselves.
   */
  public void clockAdvanced() {
    kernel.lock().clockAdvanced();
  }

  /**
   * Calls the listener after whatever may have changed the machine, an APCB included, until the
   * returned subscription is closed. It is called in the thread that did it, without any lock; so
   * it may use the machine. It may be called when nothing has changed, and must not throw.
   */
  public Uevents.Subscription onChange(Runnable listener) {
    return kernel.lock().onChange(listener);
  }

  /** Returns when what other threads are changing at this moment is changed. */
  public void awaitChange() {
    kernel.lock().look(() -> {});
  }

  /** Returns which kernel the host runs. */
  public KernelProfile profile() {
    return kernel.profile();
  }

  /** Returns the time of the machine. */
  public InstantSource clock() {
    return kernel.clock();
  }

  /** Tells whether the host has AP instructions, and so an AP bus. */
  public boolean hasApBus() {
    return bus.isPresent();
  }

  /**
   * Changes the hardware as an operator does at the support element; the bus notices as the scan
   * policy says.
   *
   * @throws IllegalStateException if this is a guest: its hardware is its APCB
   */
  public void change(Consumer<ApHardware> change) {
    change.accept(
        hardware.orElseThrow(
            () -> new IllegalStateException("a guest's hardware changes through its mdev")));
    kernel.lock().run(() -> {});
    if (scanPolicy == ScanPolicy.IMMEDIATE) {
      scan();
    }
  }

  /** Scans the AP bus once; does nothing where there is none. */
  public void scan() {
    bus.ifPresent(ApBus::scan);
  }

  /** Scans the AP bus if the period {@code config_time} is over. */
  public void scanIfDue() {
    kernel.lock().look(() -> bus.filter(ApBus::scanIsDue).ifPresent(ApBus::scan));
  }

  /**
   * Scans the AP bus if its policy wants it now: {@link ScanPolicy#IMMEDIATE} if the hardware has
   * changed since this was called last, {@link ScanPolicy#TIMED} if the period is over. So a guest
   * sees what was plugged without being told to scan.
   */
  public void keepUp() {
    if (scanPolicy == ScanPolicy.TIMED) {
      scanIfDue();
    } else if (isBehind()) {
      seenVersion = instructions.version();
      scan();
    }
  }

  /** Tells whether {@link #keepUp} would scan now. */
  public boolean isBehind() {
    return switch (scanPolicy) {
      case TIMED -> kernel.lock().get(() -> bus.filter(ApBus::scanIsDue).isPresent());
      case IMMEDIATE -> seenVersion != instructions.version();
      case STEPPED -> false;
    };
  }

  /**
   * Loads vfio_ap, as {@code modprobe vfio_ap}; does nothing if it is loaded.
   *
   * @throws KernelRefusal ENODEV if the host has no AP bus
   */
  public void loadVfioAp() {
    vfioAp.load();
  }

  /**
   * Unloads vfio_ap with all its mdevs, as {@code rmmod vfio_ap}; does nothing if it is not loaded.
   *
   * @throws KernelRefusal EBUSY if a guest uses an mdev
   */
  public void unloadVfioAp() {
    vfioAp.unload();
  }

  /**
   * Creates a guest with those CPU features that it asks for and the host has.
   *
   * @param name how people call it
   */
  public Guest guest(String name, Set<CpuFeature> wanted) {
    Set<CpuFeature> features =
        wanted.stream()
            .filter(feature -> feature.facility().map(instructions::has).orElse(hasApBus()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(CpuFeature.class)));
    boolean extended = instructions.has(Facility.APXA);
    return Guest.of(name, extended ? CrycbFormat.FORMAT2 : CrycbFormat.FORMAT1, features);
  }

  /** Creates a guest with all CPU features for AP that the host has: {@code -cpu host}. */
  public Guest guest(String name) {
    return guest(name, EnumSet.allOf(CpuFeature.class));
  }

  /**
   * Opens an mdev for a guest, as QEMU does.
   *
   * @param uuid the name of the mdev
   * @param guest whose APCB it fills; null opens it without a virtual machine, which is refused
   * @throws KernelRefusal ENOENT, EBUSY, EINVAL or EPERM, see {@link VfioAp#open}
   */
  public OpenMdev open(String uuid, @Nullable Guest guest) {
    return vfioAp.open(uuid, guest);
  }

  /**
   * Boots Linux in a guest of this host: a host whose hardware is the guest's APCB.
   *
   * <p>It runs the same kernel, has no boot parameters, and sees what is plugged or unplugged at
   * its next scan. A guest with {@code ap=off} has no AP bus; one with {@code apft=off} no AP
   * devices.
   */
  public ApHost inside(Guest guest) {
    return inside(guest, BootParameters.NONE);
  }

  /** Boots Linux in a guest as {@link #inside(Guest)}, with boot parameters. */
  public ApHost inside(Guest guest, BootParameters boot) {
    ApHostBuilder settings =
        builder()
            .profile(kernel.profile())
            .clock(kernel.clock())
            .scanPolicy(scanPolicy)
            .bootParameters(boot)
            .apInstructions(guest.features().contains(CpuFeature.AP));
    return new ApHost(settings, GuestHardware.of(guest, instructions), Optional.empty());
  }

  /**
   * Returns a processor of this machine, for an operating system of its own: what it does to queues
   * the emulated Linux finds done. That of a guest without the feature {@code ap} has no AP
   * instructions.
   */
  public Processor processor() {
    return bus.isPresent() ? Processor.of(instructions) : Processor.withoutAp();
  }

  /** Returns the host's AP configuration at the last scan; empty without QCI. */
  public Optional<ApConfig> configuration() {
    return kernel.lock().get(() -> bus.flatMap(ApBus::config));
  }

  /** Returns the mdevs as they are now, oldest first. */
  public List<MdevState> mdevs() {
    return vfioAp.mdevs();
  }

  /** Returns {@code apmask} and {@code aqmask} as they are now, in this order. */
  public List<ApMask> masks() {
    return kernel
        .lock()
        .get(
            () ->
                bus.map(b -> List.of(b.masks().adapters(), b.masks().domains()))
                    .orElse(List.of(ApMask.NONE, ApMask.NONE)));
  }

  /** Learns of the devices of the bus, see {@link #visitDevices}. */
  public interface DeviceVisitor {
    /** A card; the driver's name is empty if it has none. */
    void card(ApCard card, String driver);

    /** A queue of the card that was visited last. */
    void queue(ApQueue queue, String driver);
  }

  /** Shows all devices as they are now: card by card, queues ascending. */
  public void visitDevices(DeviceVisitor visitor) {
    kernel
        .lock()
        .look(() -> bus.map(ApBus::cards).orElse(List.of()).forEach(c -> visit(c, visitor)));
  }

  private static void visit(ApCard card, DeviceVisitor visitor) {
    visitor.card(card, card.driverName());
    card.queues().forEach(queue -> visitor.queue(queue, queue.driverName()));
  }
}
