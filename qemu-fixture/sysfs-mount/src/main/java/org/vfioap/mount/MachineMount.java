package org.vfioap.mount;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.Directory;
import org.vfioap.fuse.FileTree;
import org.vfioap.fuse.FuseMount;
import org.vfioap.fuse.Meanwhile;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Uevent;
import org.vfioap.vm.FirstProcess;
import org.vfioap.vm.FirstProcess.Companion;
import org.vfioap.vm.VirtualMachine;

/**
 * A machine, mounted on a directory of this computer: {@code sys} stands for its /sys, {@code dev}
 * for its /dev with kvm and vfio, and {@code guests/NAME} has both of each virtual machine.
 *
 * <pre>{@code
 * try (MachineMount mount = MachineMount.mount(host, directory)) { … }
 * }</pre>
 *
 * <p>While it is mounted, the AP buses of the host and of its guests are scanned as their policies
 * say. See {@link FuseMount} for what it needs of this computer.
 */
public final class MachineMount implements AutoCloseable {
  private final MachineDirectory machine;
  private final AtomicReference<@Nullable FuseMount> mounted = new AtomicReference<>();
  private final FuseMount mount;
  private final PeriodicScans scans;
  private volatile Consumer<Meanwhile> afterWrite = meanwhile -> {};

  private MachineMount(ApHost host, Path directory, Companion companion) {
    machine = MachineDirectory.of(host, new Around(companion));
    mount = FuseMount.mount(new Tree(machine, this::written), directory);
    mounted.set(mount);
    scans = PeriodicScans.start(this::scan);
  }

  private record Tree(MachineDirectory machine, Consumer<Meanwhile> written) implements FileTree {
    @Override
    public Directory root() {
      return machine;
    }

    @Override
    public void afterChange() {
      machine.forEachHost(ApHost::keepUp);
    }

    @Override
    public void afterWrite(Meanwhile meanwhile) {
      written.accept(meanwhile);
    }

    @Override
    public void awaitChanges() {
      machine.forEachHost(ApHost::awaitChange);
    }
  }

  /**
   * Mounts a machine; programs see its files when this returns.
   *
   * @param directory an existing directory
   * @throws org.vfioap.fuse.MountException if this computer refuses
   */
  public static MachineMount mount(ApHost host, Path directory) {
    return mount(host, directory, (linux, pid) -> () -> {});
  }

  /**
   * Mounts a machine as {@link #mount(ApHost, Path)}, and does something for its programs.
   *
   * @param companion of the first processes of the machine and its guests, see {@link FirstProcess}
   */
  public static MachineMount mount(ApHost host, Path directory, Companion companion) {
    return new MachineMount(host, directory, companion);
  }

  private void written(Meanwhile meanwhile) {
    afterWrite.accept(meanwhile);
  }

  private void whenMounted(Consumer<FuseMount> action) {
    FuseMount mountedNow = mounted.get();
    if (mountedNow != null) {
      action.accept(mountedNow);
    }
  }

  /** What the directories see of this mount. */
  private final class Around implements Surroundings {
    private final Companion companion;

    Around(Companion companion) {
      this.companion = companion;
    }

    @Override
    public void watch(ApHost host) {
      host.onWait(reason -> whenMounted(FuseMount::beginsToWait));
      host.onContention(() -> whenMounted(FuseMount::findsLockTaken));
      host.uevents().subscribe(MachineMount.this::announce);
    }

    @Override
    public Companion companion() {
      return companion;
    }

    @Override
    public void beginsToWait() {
      whenMounted(FuseMount::beginsToWait);
    }

    @Override
    public void announce() {
      whenMounted(FuseMount::announce);
    }
  }

  private void announce(Uevent event) {
    switch (event.action()) {
      case ADD, REMOVE, BIND, UNBIND -> whenMounted(FuseMount::announce);
      default -> {}
    }
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

  /**
   * Shows the virtual machines that processes run on the host through its {@code dev/kvm}, oldest
   * first, each before those that run in it.
   *
   * @param action gets the path of each: NAME, or NAME/NAME for a guest of a guest
   */
  public void forEachGuest(BiConsumer<String, VirtualMachine> action) {
    machine.forEachGuest(action);
  }

  /**
   * Sets what runs after each write of a program, in the thread that carries it out and before the
   * program learns that it is done.
   *
   * @param action may wait for other programs
   */
  public void afterWrites(Consumer<Meanwhile> action) {
    afterWrite = action;
  }

  private void scan() {
    if (machine.isBehind()) {
      mount.change(this::keepUp);
    }
  }

  private void keepUp() {
    machine.forEachHost(ApHost::keepUp);
  }

  /** Changes the machine and returns when programs and guests see it. */
  public void change(Runnable action) {
    mount.change(
        () -> {
          action.run();
          keepUp();
        });
  }

  /** Waits until it is unmounted, by whomever. */
  public void awaitEnd() throws InterruptedException {
    mount.awaitEnd();
  }

  /** Unmounts, also under programs that still use files: they get errors from then on. */
  @Override
  public void close() {
    scans.close();
    mount.close();
  }
}
