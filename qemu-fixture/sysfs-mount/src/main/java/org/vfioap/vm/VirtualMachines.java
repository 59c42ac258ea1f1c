package org.vfioap.vm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** The virtual machines of one host, by name. */
public final class VirtualMachines {
  private final ApHost host;
  private final Map<String, VirtualMachine> byName = new LinkedHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Runnable beginsToWait = () -> {};

  /** Learns of machines; called in the thread that answers the machine's process. */
  public interface Listener {
    /** The machine is there, or was reset: {@link VirtualMachine#inside} has just booted. */
    void booted(VirtualMachine machine);

    /** Its process ended or let go of it. */
    void ended(VirtualMachine machine);
  }

  private VirtualMachines(ApHost host) {
    this.host = host;
  }

  static VirtualMachines of(ApHost host) {
    return new VirtualMachines(host);
  }

  ApHost host() {
    return host;
  }

  /**
   * Sets what runs in the thread that answers a process, before the process waits for its guest.
   */
  public void onWait(Runnable action) {
    beginsToWait = action;
  }

  PowerEvent awaitEvent(VirtualMachine machine) {
    beginToWait();
    try {
      return machine.awaitEvent();
    } catch (InterruptedException interrupted) {
      throw KernelRefusal.of(Errno.EINTR, "the process does not wait for " + machine + " any more");
    }
  }

  /** Tells that the calling thread, which answers a process, will wait. */
  void beginToWait() {
    beginsToWait.run();
  }

  /** Calls the listener for what happens from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Returns the machines that run now, oldest first. */
  public synchronized List<VirtualMachine> all() {
    return List.copyOf(byName.values());
  }

  /** Returns the machine of this name, or null. */
  public synchronized @Nullable VirtualMachine get(String name) {
    return byName.get(name);
  }

  synchronized @Nullable VirtualMachine ofProcess(long pid) {
    return byName.values().stream().filter(vm -> vm.pid() == pid).findFirst().orElse(null);
  }

  VirtualMachine start(VirtualMachine.Identity identity, Caller process, VirtualMachine.Wish wish) {
    VirtualMachine machine = new VirtualMachine(identity, process, host, wish);
    String name = identity.name();
    synchronized (this) {
      if (byName.putIfAbsent(name, machine) != null) {
        throw KernelRefusal.of(Errno.EEXIST, "a virtual machine named " + name + " runs already");
      }
    }
    listeners.forEach(listener -> listener.booted(machine));
    return machine;
  }

  void reset(VirtualMachine machine) {
    machine.reset();
    listeners.forEach(listener -> listener.booted(machine));
  }

  void end(VirtualMachine machine) {
    synchronized (this) {
      byName.remove(machine.name());
    }
    listeners.forEach(listener -> listener.ended(machine));
  }
}
