package org.vfioap.vm;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.MdevSignal;
import org.vfioap.mdev.OpenMdev;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * {@code /dev/vfio/N}, held open by a process.
 *
 * <p>A process that is a virtual machine gets the group, and the device with the line {@code device
 * UUID} (VFIO_GROUP_GET_DEVICE_FD); any other process that opens it for writing is a guest of its
 * own, named after its program, and has the device at once. Who opens it for reading only looks
 * whether it is free, as libvirt does before it removes an mdev. The line {@code reset} is
 * VFIO_DEVICE_RESET; {@code info} is VFIO_DEVICE_GET_INFO, and the next read gives {@code irqs
 * NUMBER}; {@code watch} and {@code unwatch} are VFIO_DEVICE_SET_IRQS for requests to let go of the
 * device, and a read waits for one and gives {@code req}, or nothing once there is no watch.
 *
 * <p>Source: Linux drivers/vfio/vfio_main.c, vfio_group_fops_open: one process at a time, else
 * EBUSY.
 */
final class GroupHandle implements DeviceFile.Handle {
  private static final String DEVICE = "device ";
  private static final String RESET = "reset";

  private final Groups groups;
  private final String number;
  private final String uuid;
  private final @Nullable VirtualMachine machine;
  private final VirtualMachines machines;
  private final Signals signals = new Signals();
  private @Nullable OpenMdev mdev;

  private GroupHandle(
      Groups groups,
      String number,
      String uuid,
      VirtualMachines machines,
      @Nullable VirtualMachine machine) {
    this.machines = machines;
    this.groups = groups;
    this.number = number;
    this.uuid = uuid;
    this.machine = machine;
  }

  static GroupHandle open(
      Groups groups, String number, VirtualMachines machines, Caller caller, Access access) {
    VirtualMachine machine = machines.ofProcess(caller.pid());
    GroupHandle handle = new GroupHandle(groups, number, groups.take(number), machines, machine);
    if (machine == null && access != Access.READ) {
      handle.openFor(machines.host(), caller.name());
    }
    return handle;
  }

  private void openFor(ApHost host, String guestName) {
    try {
      mdev = host.open(uuid, host.guest(guestName));
    } catch (KernelRefusal refusal) {
      close();
      throw refusal;
    }
  }

  @Override
  public synchronized void perform(String line) {
    if (line.startsWith(DEVICE)) {
      open(line.substring(DEVICE.length()));
    } else if (mdev == null) {
      throw DeviceFile.invalid(line);
    } else if (line.equals(RESET)) {
      mdev.reset();
    } else if (line.equals("info")) {
      signals.answer("irqs " + groups.signals());
    } else if (line.equals("watch")) {
      mdev.onSignal(MdevSignal.REQUEST, signals::request);
      signals.watch(true);
    } else if (line.equals("unwatch")) {
      mdev.onSignal(MdevSignal.REQUEST, null);
      signals.watch(false);
    } else {
      throw DeviceFile.invalid(line);
    }
  }

  @Override
  public byte[] read(long offset, int size) {
    if (signals.mustWait()) {
      machines.beginToWait();
    }
    try {
      return signals.await().getBytes(StandardCharsets.US_ASCII);
    } catch (InterruptedException interrupted) {
      throw KernelRefusal.of(Errno.EINTR, "the process does not wait for " + uuid + " any more");
    }
  }

  @Override
  public boolean letsReadersWait() {
    return true;
  }

  private void open(String wanted) {
    if (!wanted.equals(uuid)) {
      throw KernelRefusal.of(Errno.ENODEV, "group " + number + " has no device " + wanted);
    }
    if (mdev == null && machine != null) {
      mdev = machine.open(uuid);
    }
  }

  @Override
  public synchronized void close() {
    if (mdev != null) {
      if (machine == null) {
        mdev.close();
      } else {
        machine.close(mdev);
      }
      mdev = null;
    }
    groups.release(number);
  }

  /** What readers wait for; its lock is held for moments only. */
  private static final class Signals {
    private String answer = "";
    private boolean watched;
    private boolean requested;

    synchronized void answer(String text) {
      answer = text + "\n";
    }

    synchronized void watch(boolean now) {
      watched = now;
      notifyAll();
    }

    synchronized void request() {
      requested = true;
      notifyAll();
    }

    synchronized boolean mustWait() {
      return answer.isEmpty() && watched && !requested;
    }

    synchronized String await() throws InterruptedException {
      String given = answer;
      answer = "";
      if (!given.isEmpty()) {
        return given;
      }
      while (watched && !requested) {
        wait();
      }
      given = requested ? "req\n" : "";
      requested = false;
      return given;
    }
  }
}
