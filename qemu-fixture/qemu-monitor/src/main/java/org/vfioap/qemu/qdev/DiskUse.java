package org.vfioap.qemu.qdev;

import java.util.Optional;
import org.vfioap.qemu.block.BlockBackend;
import org.vfioap.qemu.block.BlockDevice;
import org.vfioap.qemu.block.Disks;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The disk of a device. Source: hw/core/qdev-properties-system.c (set_drive_helper),
 * hw/block/virtio-blk.c, hw/block/hd-geometry.c and hw/scsi/scsi-disk.c of QEMU 7.2, and measured.
 */
final class DiskUse {
  private static final String READER = "scsi-cd";
  private static final long SECTORS_OF_CYLINDER = 16 * 63;
  private static final long SECTOR = 512;
  private static final long FEWEST = 2;
  private static final long MOST = 16383;

  private DiskUse() {}

  /** Checks the drive that a device names, and picks the geometry that follows from it. */
  static void settle(Candidate device) throws QemuError {
    Optional<String> drive = device.text("drive");
    if (drive.isEmpty()) {
      return;
    }
    Disks disks = device.board().disks();
    QemuError.require(
        !disks.isTaken(drive.get()),
        "Drive '" + drive.get() + "' is already in use by another device");
    QemuError.require(
        device.isA(READER) || !disks.isEmpty(drive.get()),
        "Device needs media, but drive is empty");
    boolean scsi = device.bus().type().equals(ScsiAddress.BUS);
    boolean unnamed = device.text("device_id").or(() -> device.text("serial")).isEmpty();
    if (scsi && unnamed && disks.hasDrive(drive.get())) {
      device.settle("device_id", JsonString.of(drive.get()));
    }
    if (device.number("cyls").orElse(0) == 0) {
      long cylinders = disks.size(drive.get()) / SECTOR / SECTORS_OF_CYLINDER;
      long fitting = Math.min(Math.max(cylinders, FEWEST), MOST);
      device.settle("cyls", JsonNumber.of(fitting));
    }
  }

  /**
   * Gives a device its disk, until it is released.
   *
   * @param path where its object will be
   * @throws QemuError if others use the disk in a way that does not go together with this
   */
  static void take(Candidate candidate, Device device, String path) throws QemuError {
    boolean reader = candidate.isA(READER);
    Optional<String> drive = candidate.text("drive");
    if (drive.isEmpty() && !reader) {
      return;
    }
    Disks disks = candidate.board().disks();
    boolean writesThrough =
        candidate.values().get("write-cache") instanceof JsonString cache
            && cache.text().equals("off");
    BlockDevice user =
        new BlockDevice(
            name(candidate, path), reader, candidate.isOn("share-rw"), !writesThrough, reader);
    BlockBackend backend = disks.attach(user, drive.orElse(""));
    device.onRelease(() -> disks.detach(backend));
  }

  /** The device behind a virtio transport is the user, and has no identifier. */
  private static String name(Candidate device, String path) {
    if (device.isA("virtio-blk")) {
      return path + "/virtio-backend";
    }
    return device.id().isEmpty() ? path : device.id();
  }
}
