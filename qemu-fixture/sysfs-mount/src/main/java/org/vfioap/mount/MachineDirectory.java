package org.vfioap.mount;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.Directory;
import org.vfioap.fuse.Node;
import org.vfioap.host.ApHost;
import org.vfioap.vm.DeviceDirectory;
import org.vfioap.vm.VirtualMachine;
import org.vfioap.vm.VirtualMachines;

/**
 * What a machine is mounted as: {@code sys}, {@code dev}, {@code kernel}, and {@code guests/NAME}
 * likewise.
 */
final class MachineDirectory implements Directory {
  private static final String SYS = "sys";
  private static final String DEV = "dev";
  private static final String KERNEL = "kernel";
  private static final String GUESTS = "guests";

  private final ApHost host;
  private final SysfsView sys;
  private final DeviceDirectory dev;
  private final KernelDirectory kernel;
  private final GuestDirectories guests;

  /**
   * Makes the directory of a host.
   *
   * @param watch gets the host and every Linux that boots below
   * @param announce runs when the directory of a guest has come, gone or changed
   */
  MachineDirectory(ApHost host, Consumer<ApHost> watch, Runnable announce) {
    this.host = host;
    sys = SysfsView.of(host.sysfs());
    dev = DeviceDirectory.of(host);
    kernel = new KernelDirectory(host);
    guests = new GuestDirectories(watch, announce);
    dev.machines().listen(guests);
    watch.accept(host);
  }

  /** Does something with the host and every Linux that runs below. */
  void forEachHost(Consumer<ApHost> action) {
    action.accept(host);
    guests.byName.values().forEach(guest -> guest.forEachHost(action));
  }

  VirtualMachines machines() {
    return dev.machines();
  }

  @Override
  public @Nullable Node child(String name) {
    return switch (name) {
      case SYS -> sys;
      case DEV -> dev;
      case KERNEL -> kernel;
      case GUESTS -> guests;
      default -> null;
    };
  }

  @Override
  public Collection<String> names() {
    return List.of(SYS, DEV, KERNEL, GUESTS);
  }

  @Override
  public boolean isLasting() {
    return true;
  }

  /** The machines that run on the host; one that is reset is another Linux in the same place. */
  private static final class GuestDirectories implements Directory, VirtualMachines.Listener {
    private final Map<String, MachineDirectory> byName = new ConcurrentHashMap<>();
    private final Consumer<ApHost> watch;

    private final Runnable announce;

    GuestDirectories(Consumer<ApHost> watch, Runnable announce) {
      this.watch = watch;
      this.announce = announce;
    }

    @Override
    public void booted(VirtualMachine machine) {
      byName.put(machine.name(), new MachineDirectory(machine.inside(), watch, announce));
      announce.run();
    }

    @Override
    public void ended(VirtualMachine machine) {
      byName.remove(machine.name());
      announce.run();
    }

    @Override
    public @Nullable Node child(String name) {
      return byName.get(name);
    }

    @Override
    public Collection<String> names() {
      return byName.keySet();
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }
}
