package org.vfioap.mount;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.FuseMount;
import org.vfioap.host.ApHost;
import org.vfioap.vm.VirtualMachines;

/**
 * A machine, mounted on a directory of this computer: {@code sys} stands for its /sys, {@code dev}
 * for its /dev with kvm and vfio, and {@code guests/NAME} has both of each virtual machine.
 *
 * <pre>{@code
 * try (MachineMount mount = MachineMount.mount(host, directory)) { … }
 * }</pre>
 *
 * <p>See {@link FuseMount} for what it needs of this computer.
 */
public final class MachineMount implements AutoCloseable {
  private final MachineDirectory machine;
  private final FuseMount mount;

  private MachineMount(MachineDirectory machine, FuseMount mount) {
    this.machine = machine;
    this.mount = mount;
  }

  /**
   * Mounts a machine; programs see its files when this returns.
   *
   * @param directory an existing directory
   * @throws org.vfioap.fuse.MountException if this computer refuses
   */
  public static MachineMount mount(ApHost host, Path directory) {
    AtomicReference<@Nullable FuseMount> mounted = new AtomicReference<>();
    MachineDirectory machine = new MachineDirectory(host, each -> watch(each, mounted));
    FuseMount mount = FuseMount.mount(machine, directory);
    mounted.set(mount);
    return new MachineMount(machine, mount);
  }

  private static void watch(ApHost host, AtomicReference<@Nullable FuseMount> mounted) {
    host.onWait(
        () -> {
          FuseMount mount = mounted.get();
          if (mount != null) {
            mount.beginsToWait();
          }
        });
  }

  /** Returns the directory that it is mounted on. */
  public Path directory() {
    return mount.directory();
  }

  /** Returns the directory that stands for /sys. */
  public Path sys() {
    return directory().resolve("sys");
  }

  /** Returns the directory that stands for /dev. */
  public Path dev() {
    return directory().resolve("dev");
  }

  /** Returns the virtual machines that processes run on the host through its {@code dev/kvm}. */
  public VirtualMachines virtualMachines() {
    return machine.machines();
  }

  /** Unmounts, also under programs that still use files: they get errors from then on. */
  @Override
  public void close() {
    mount.close();
  }
}
