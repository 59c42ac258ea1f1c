package org.vfioap.host;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.bus.ApBus;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.HostLock;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.MatrixFiles;
import org.vfioap.mdev.OpenMdev;
import org.vfioap.mdev.VfioAp;

/** The kernel module vfio_ap, which may be loaded and unloaded while Linux runs. */
final class VfioApModule {
  private final HostLock lock;
  private final Optional<ApBus> bus;
  private volatile @Nullable Loaded loaded;

  /** The driver while it is loaded, and its directories. */
  private record Loaded(VfioAp driver, MatrixFiles files) {}

  VfioApModule(HostLock lock, Optional<ApBus> bus) {
    this.lock = lock;
    this.bus = bus;
  }

  /** Does nothing if it is loaded; ENODEV without an AP bus. */
  void load() {
    ApBus apBus = bus.orElseThrow(() -> noBus());
    lock.run(
        () -> {
          if (loaded == null) {
            VfioAp driver = VfioAp.load(apBus);
            loaded = new Loaded(driver, MatrixFiles.of(driver));
          }
        });
  }

  /** Does nothing if it is not loaded; EBUSY if a guest uses an mdev. */
  void unload() {
    KernelRefusal.traced(
        () ->
            lock.change(
                () -> {
                  Loaded now = loaded;
                  if (now != null) {
                    now.driver().unload();
                  }
                  loaded = null;
                  return true;
                }));
  }

  private static KernelRefusal noBus() {
    return KernelRefusal.of(Errno.ENODEV, "the host has no AP bus").traced();
  }

  /** Returns its directories; null while it is not loaded. */
  @Nullable MatrixFiles files() {
    Loaded now = loaded;
    return now == null ? null : now.files();
  }

  OpenMdev open(String uuid, @Nullable Guest guest) {
    Loaded now = loaded;
    if (now == null) {
      String why = "vfio_ap is not loaded, so there is no mdev " + uuid;
      throw KernelRefusal.of(Errno.ENOENT, why).traced();
    }
    return KernelRefusal.traced(() -> now.driver().open(uuid, guest));
  }

  /** Returns the mdevs as they are now, oldest first. */
  List<MdevState> mdevs() {
    Loaded now = loaded;
    return now == null
        ? List.of()
        : lock.get(() -> now.driver().mdevs().stream().map(MdevState::of).toList());
  }
}
