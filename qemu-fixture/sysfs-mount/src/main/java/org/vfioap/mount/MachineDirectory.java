package org.vfioap.mount;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.Directory;
import org.vfioap.fuse.Node;
import org.vfioap.host.ApHost;
import org.vfioap.vm.DeviceDirectory;
import org.vfioap.vm.FirstProcess;
import org.vfioap.vm.GuestDescription;
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

  private MachineDirectory(
      ApHost host, @Nullable VirtualMachine machine, Surroundings surroundings) {
    this.host = host;
    sys = SysfsView.of(host.sysfs());
    dev = DeviceDirectory.of(host);
    first = new FirstProcess(host, surroundings.companion());
    kernel = new KernelDirectory(host, machine, first, this::describeGuests);
    guests = new GuestDirectories(first, surroundings);
    dev.machines().listen(guests);
    dev.machines().onWait(surroundings::beginsToWait);
    surroundings.watch(host);
  }

  /** Makes the directory of a machine. */
  static MachineDirectory of(ApHost host, Surroundings surroundings) {
    return new MachineDirectory(host, null, surroundings);
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

  private String describeGuests(int reader) {
    StringBuilder lines = new StringBuilder();
    forEachGuest(
        (path, guest) -> lines.append(GuestDescription.of(path, guest, reader)).append('\n'));
    return lines.toString();
  }

  /** Shows the guests, oldest first, each before its own, with their paths: NAME or NAME/NAME. */
  void forEachGuest(BiConsumer<String, VirtualMachine> action) {
    for (VirtualMachine guest : dev.machines().all()) {
      action.accept(guest.name(), guest);
      MachineDirectory inside = guests.byName.get(guest.name());
      if (inside != null) {
        inside.forEachGuest((path, each) -> action.accept(guest.name() + "/" + path, each));
      }
    }
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
    private final FirstProcess outside;
    private final Surroundings surroundings;

    GuestDirectories(FirstProcess outside, Surroundings surroundings) {
      this.outside = outside;
      this.surroundings = surroundings;
    }

    @Override
    public void booted(VirtualMachine machine) {
      MachineDirectory now = new MachineDirectory(machine.inside(), machine, surroundings);
      leave(byName.put(machine.name(), now));
      surroundings.companion().booted(outside.pid(), machine);
    }

    @Override
    public void ended(VirtualMachine machine) {
      leave(byName.remove(machine.name()));
    }

    private void leave(@Nullable MachineDirectory before) {
      if (before != null) {
        before.first.kill();
      }
      surroundings.announce();
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
