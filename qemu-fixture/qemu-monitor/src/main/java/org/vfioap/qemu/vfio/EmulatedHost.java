package org.vfioap.qemu.vfio;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.MdevSignal;
import org.vfioap.mdev.OpenMdev;
import org.vfioap.qemu.cpu.Accelerator;

/**
 * An emulated host in the same process: plugging a device fills the APCB of a guest of that host.
 *
 * <p>One object stands for one QEMU process and its guest.
 */
public final class EmulatedHost implements VfioHost {
  private static final String HOST_MODEL = "gen16a";

  private final ApHost host;
  private final String guestName;
  private @Nullable Guest guest;
  private boolean secure;

  private EmulatedHost(ApHost host, String guestName) {
    this.host = host;
    this.guestName = guestName;
  }

  /** Returns the host as one QEMU sees it, whose guest has this name. */
  public static EmulatedHost of(ApHost host, String guestName) {
    return new EmulatedHost(host, guestName);
  }

  /**
   * Returns the guest: its APCB, and what {@link ApHost#inside} boots. From the start of QEMU on it
   * has the CPU features of the command line as far as the host has them; before, all of the
   * host's.
   */
  public synchronized Guest guest() {
    if (guest == null) {
      guest = secured(host.guest(guestName));
    }
    return guest;
  }

  private Guest secured(Guest open) {
    return secure ? open.underSecureExecution() : open;
  }

  @Override
  public synchronized void secureExecution() {
    secure = true;
    guest = null;
  }

  @Override
  public void guestRuns(String name, String uuid, Supplier<Set<String>> features) {
    give(features.get());
  }

  @Override
  public void noGuestRuns() {
    give(Set.of());
  }

  private synchronized void give(Set<String> features) {
    Set<CpuFeature> wanted =
        EnumSet.allOf(CpuFeature.class).stream()
            .filter(feature -> features.contains(feature.label()))
            .collect(Collectors.toSet());
    guest = secured(host.guest(guestName, wanted));
  }

  @Override
  public String iommuGroupLink(String sysfsdev) throws HostRefusal {
    try {
      return host.sysfs().readLink(sysfsdev + "/iommu_group");
    } catch (KernelRefusal refusal) {
      throw refused(refusal);
    }
  }

  @Override
  public void look(String path) throws HostRefusal {
    try {
      host.sysfs().lookup(path);
    } catch (KernelRefusal refusal) {
      throw refused(refusal);
    }
  }

  private static HostRefusal refused(KernelRefusal refusal) {
    return HostRefusal.errno(refusal.errno().number());
  }

  @Override
  public VfioGroup openGroup(int group) throws HostRefusal {
    MdevState mdev =
        host.mdevs().stream()
            .filter(m -> m.group() == group)
            .findFirst()
            .orElseThrow(() -> HostRefusal.errno(Errno.ENOENT.number()));
    if (mdev.open()) {
      throw HostRefusal.errno(Errno.EBUSY.number());
    }
    return new Group(mdev.uuid());
  }

  /** TCG of this QEMU never interprets AP instructions. */
  @Override
  public Accelerator tcg() {
    return Accelerator.tcg(Set.of());
  }

  @Override
  public Optional<Accelerator> kvm() {
    Set<String> features =
        host.guest(guestName).features().stream()
            .map(CpuFeature::label)
            .collect(Collectors.toSet());
    return Optional.of(Accelerator.kvm(HOST_MODEL, features));
  }

  /** The group of one mdev; the device in it is open from GET_DEVICE on. */
  private final class Group implements VfioGroup {
    private final String uuid;
    private @Nullable OpenMdev mdev;

    Group(String uuid) {
      this.uuid = uuid;
    }

    @Override
    public void perform(VfioStep step, String device) throws HostRefusal {
      try {
        if (step == VfioStep.GET_DEVICE) {
          open(device);
        } else if (step == VfioStep.DEVICE_RESET && mdev != null) {
          mdev.reset();
        }
      } catch (KernelRefusal refusal) {
        throw refused(refusal);
      }
    }

    @Override
    public int interrupts() {
      int known = 0;
      for (MdevSignal signal : MdevSignal.values()) {
        known += signal.isKnownTo(host.profile()) ? 1 : 0;
      }
      return known;
    }

    @Override
    public void onRequest(Runnable listener) {
      if (mdev != null) {
        mdev.onSignal(MdevSignal.REQUEST, listener);
      }
    }

    private void open(String device) throws HostRefusal {
      if (!device.equals(uuid)) {
        throw HostRefusal.errno(Errno.ENODEV.number());
      }
      mdev = host.open(uuid, guest());
    }

    @Override
    public void close() {
      if (mdev != null) {
        mdev.close();
      }
    }
  }
}
