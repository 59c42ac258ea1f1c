package org.vfioap.mdev;

import java.util.List;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.Uevent.Action;
import org.vfioap.kernel.VfioDev;

/**
 * The uevents of vfio's container device, of the matrix device and of mdevs.
 *
 * <p>Source: Linux 6.1 drivers/vfio/mdev/mdev_core.c, drivers/vfio/vfio_main.c, drivers/base/dd.c.
 */
final class MdevEvents {
  static final String MATRIX = "/devices/vfio_ap/matrix";

  /** The misc device through which programs open containers of IOMMU groups. */
  static final String CONTAINER = "/devices/virtual/misc/vfio";

  static final List<String> CONTAINER_PROPERTIES =
      List.of("MAJOR=10", "MINOR=196", "DEVNAME=vfio/vfio", "DEVMODE=0666");

  private final Kernel kernel;

  MdevEvents(Kernel kernel) {
    this.kernel = kernel;
  }

  static List<String> properties(boolean bound) {
    return bound ? List.of("DRIVER=vfio_ap_mdev") : List.of();
  }

  static List<String> groupProperties(MatrixMdev mdev) {
    return List.of("MAJOR=511", "MINOR=" + mdev.minor(), "DEVNAME=vfio/" + mdev.group());
  }

  /** What tells programs its node, where it has one; a number of its own is the kernel's choice. */
  static List<String> vfioDeviceProperties(Kernel kernel, MatrixMdev mdev) {
    return kernel.profile().has(KernelRules.VFIO_CDEV)
        ? List.of("MAJOR=510", "MINOR=" + mdev.minor(), "DEVNAME=vfio/devices/vfio" + mdev.minor())
        : List.of();
  }

  static String path(MatrixMdev mdev) {
    return MATRIX + "/" + mdev.uuid();
  }

  void containerAdded() {
    kernel.uevents().send(Action.ADD, CONTAINER, "misc", CONTAINER_PROPERTIES);
  }

  void containerRemoved() {
    kernel.uevents().send(Action.REMOVE, CONTAINER, "misc", CONTAINER_PROPERTIES);
  }

  void matrixAdded() {
    matrix(Action.ADD, List.of());
    matrix(Action.BIND, List.of("DRIVER=vfio_ap"));
  }

  void matrixRegistered() {
    matrix(Action.CHANGE, List.of("MDEV_STATE=registered", "DRIVER=vfio_ap"));
  }

  void matrixUnregistered() {
    matrix(Action.CHANGE, List.of("MDEV_STATE=unregistered", "DRIVER=vfio_ap"));
  }

  void matrixRemoved() {
    matrix(Action.UNBIND, List.of());
    matrix(Action.REMOVE, List.of());
  }

  private void matrix(Action action, List<String> properties) {
    kernel.uevents().send(action, MATRIX, "matrix", properties);
  }

  void added(MatrixMdev mdev) {
    mdev(Action.ADD, mdev, false);
    group(Action.ADD, mdev);
    vfioDevice(Action.ADD, mdev);
    mdev(Action.BIND, mdev, true);
  }

  /** A removal has begun and waits: newer kernels take the vfio device away at once. */
  void removalBegun(MatrixMdev mdev) {
    if (kernel.profile().get(KernelRules.VFIO_DEV) == VfioDev.UNTIL_REMOVAL) {
      vfioDevice(Action.REMOVE, mdev);
    }
  }

  void removed(MatrixMdev mdev) {
    boolean told =
        mdev.isRemoving() && kernel.profile().get(KernelRules.VFIO_DEV) == VfioDev.UNTIL_REMOVAL;
    if (!told) {
      vfioDevice(Action.REMOVE, mdev);
    }
    group(Action.REMOVE, mdev);
    mdev(Action.UNBIND, mdev, false);
    mdev(Action.REMOVE, mdev, false);
  }

  private void mdev(Action action, MatrixMdev mdev, boolean bound) {
    kernel.uevents().send(action, path(mdev), "mdev", properties(bound));
  }

  private void group(Action action, MatrixMdev mdev) {
    String path = "/devices/virtual/vfio/" + mdev.group();
    kernel.uevents().send(action, path, "vfio", groupProperties(mdev));
  }

  private void vfioDevice(Action action, MatrixMdev mdev) {
    if (kernel.profile().get(KernelRules.VFIO_DEV) != VfioDev.ABSENT) {
      String path = path(mdev) + "/vfio-dev/vfio" + mdev.minor();
      kernel.uevents().send(action, path, "vfio-dev", vfioDeviceProperties(kernel, mdev));
    }
  }
}
