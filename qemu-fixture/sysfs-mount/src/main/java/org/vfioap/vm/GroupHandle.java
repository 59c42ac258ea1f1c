package org.vfioap.vm;

import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.OpenMdev;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * {@code /dev/vfio/N}, held open by a process.
 *
 * <p>A process that is a virtual machine gets the group, and the device with the line {@code device
 * UUID} (VFIO_GROUP_GET_DEVICE_FD); any other process that opens it for writing is a guest of its
 * own, named after its program, and has the device at once. Who opens it for reading only looks
 * whether it is free, as libvirt does before it removes an mdev. The line {@code reset} is
 * VFIO_DEVICE_RESET.
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
  private @Nullable OpenMdev mdev;

  private GroupHandle(Groups groups, String number, String uuid, @Nullable VirtualMachine machine) {
    this.groups = groups;
    this.number = number;
    this.uuid = uuid;
    this.machine = machine;
  }

  static GroupHandle open(
      Groups groups, String number, VirtualMachines machines, Caller caller, Access access) {
    VirtualMachine machine = machines.ofProcess(caller.pid());
    GroupHandle handle = new GroupHandle(groups, number, groups.take(number), machine);
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
    } else if (line.equals(RESET) && mdev != null) {
      mdev.reset();
    } else {
      throw DeviceFile.invalid(line);
    }
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
}
