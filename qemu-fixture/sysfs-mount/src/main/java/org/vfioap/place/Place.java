package org.vfioap.place;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.vfioap.ap.ApHardware;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;
import org.vfioap.mount.MachineMount;
import org.vfioap.uevent.UeventBroadcast;
import org.vfioap.vm.VirtualMachine;

/**
 * A machine that programs use: hardware that stays, a Linux that can be booted anew, and its files.
 */
public final class Place implements AutoCloseable {
  private final Machine machine;
  private final ApHardware hardware;
  private final Path folder;
  private final Programs programs;
  private ApHost host;
  private MachineMount files;
  private UeventBroadcast events;
  private DeviceLinks links;

  private Place(Machine machine, Path folder) {
    this.machine = machine;
    this.folder = folder;
    hardware = machine.hardware();
    programs = new Programs(folder);
    host = machine.boot(hardware, InstantSource.system());
    files = mount();
    events = broadcast(host, files);
    links = DeviceLinks.of(host, folder);
  }

  private static UeventBroadcast broadcast(ApHost host, MachineMount files) {
    UeventBroadcast events = UeventBroadcast.start(host);
    files.afterWrites(meanwhile -> events.awaitReceivers(meanwhile::begin, meanwhile::answered));
    return events;
  }

  /**
   * Boots a machine and mounts its files.
   *
   * @param folder where the machine's own things are, with an empty directory {@code fuse}
   * @throws org.vfioap.fuse.MountException if this computer refuses
   */
  static Place open(Machine machine, Path folder) {
    return new Place(machine, folder);
  }

  private MachineMount mount() {
    return MachineMount.mount(host, folder.resolve("fuse"), new GuestPrograms(folder));
  }

  /**
   * Shows the virtual machines that run now, oldest first, each before those that run in it.
   *
   * @param action gets the path of each: NAME, or NAME/NAME for a guest of a guest
   */
  public synchronized void forEachGuest(BiConsumer<String, VirtualMachine> action) {
    files.forEachGuest(action);
  }

  /** Returns the Linux that runs since the last boot. */
  public synchronized ApHost host() {
    return host;
  }

  /** Returns the hardware; whoever changes it does so by {@link #change}. */
  public ApHardware hardware() {
    return hardware;
  }

  /**
   * Boots Linux anew on the same hardware: programs end, /run is emptied, and what /etc says is
   * applied as udev's rules do it.
   */
  synchronized void reboot() throws InterruptedException {
    programs.endAll();
    programs.run("leave");
    close();
    host = machine.boot(hardware, InstantSource.system());
    files = mount();
    events = broadcast(host, files);
    links = DeviceLinks.of(host, folder);
    programs.run("furnish");
    programs.run("configure");
  }

  /** Does something with the machine and returns when programs see it. */
  synchronized void change(Consumer<ApHost> action) {
    files.change(() -> action.accept(host));
  }

  /** Unmounts the files. */
  @Override
  public synchronized void close() {
    links.close();
    events.close();
    files.close();
  }
}
