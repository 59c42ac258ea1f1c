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
import org.vfioap.vm.FirstProcess;
import org.vfioap.vm.FirstProcess.Companion;
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
  private final FirstProcess first;
  private final KernelDirectory kernel;
  private final GuestDirectories guests;

  /**
   * Makes the directory of a host.
   *
   * @param watch gets the host and every Linux that boots below
   * @param companion of the first processes of the host and every Linux below
   * @param announce runs when the directory of a guest has come, gone or changed
   */
  MachineDirectory(ApHost host, Consumer<ApHost> watch, Companion companion, Runnable announce) {
    this.host = host;
    sys = SysfsView.of(host.sysfs());
    dev = DeviceDirectory.of(host);
    first = new FirstProcess(host, companion);
    kernel = new KernelDirectory(host, first);
    guests = new GuestDirectories(watch, companion, announce);
    dev.machines().listen(guests);
    watch.accept(host);
  }

  /** Does something with the host and every Linux that runs below. */
  void forEachHost(Consumer<ApHost> action) {
    action.accept(host);
    guests.byName.values().forEach(guest -> guest.forEachHost(action));
  }

  /** Tells whether the host or any Linux below is to scan now. */
  boolean isBehind() {
    return host.isBehind() || guests.byName.values().stream().anyMatch(MachineDirectory::isBehind);
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
    private final Companion companion;
    private final Runnable announce;

    GuestDirectories(Consumer<ApHost> watch, Companion companion, Runnable announce) {
      this.watch = watch;
      this.companion = companion;
      this.announce = announce;
    }

    @Override
    public void booted(VirtualMachine machine) {
      ApHost inside = machine.inside();
      leave(byName.put(machine.name(), new MachineDirectory(inside, watch, companion, announce)));
    }

    @Override
    public void ended(VirtualMachine machine) {
      leave(byName.remove(machine.name()));
    }

    private void leave(@Nullable MachineDirectory before) {
      if (before != null) {
        before.first.kill();
      }
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
