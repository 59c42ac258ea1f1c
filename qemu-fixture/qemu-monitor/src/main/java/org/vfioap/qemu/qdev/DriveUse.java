package org.vfioap.qemu.qdev;

import java.util.Optional;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A disk has one user, unless all share it. Source: block.c (bdrv_a_allow_b) of QEMU 7.2, and
 * measured.
 */
final class DriveUse {
  private static final String READER = "scsi-cd";

  private DriveUse() {}

  static void check(Candidate device) throws QemuError {
    Optional<String> drive = device.text("drive");
    if (drive.isEmpty()) {
      return;
    }
    User fresh = new User(name(device), !device.model().equals(READER), device.isOn("share-rw"));
    for (Device other : device.board().devices()) {
      if (other.printed("drive").equals(drive)) {
        check(drive.get(), user(other), fresh);
      }
    }
  }

  private static void check(String drive, User old, User fresh) throws QemuError {
    if (old.writes() && !fresh.shares()) {
      throw conflict(drive, old, fresh);
    }
    if (fresh.writes() && !old.shares()) {
      throw conflict(drive, fresh, old);
    }
  }

  private static QemuError conflict(String drive, User writer, User other) {
    String use = "' (uses node '" + drive + "' as 'root' child)";
    String text = "Permission conflict on node '" + drive + "': permissions 'write' are both ";
    return QemuError.generic(
        text
            + ("required by block device '" + writer.name() + use)
            + (" and unshared by block device '" + other.name() + use + "."));
  }

  private static User user(Device device) {
    boolean shares = device.printed("share-rw").equals(Optional.of("true"));
    String path = device.object().map(object -> object.path()).orElse("");
    String name = device.id().isEmpty() ? path : device.id();
    return new User(name, !device.model().equals(READER), shares);
  }

  /** The device behind a virtio transport is the user, and has no identifier. */
  private static String name(Candidate device) {
    boolean behind = device.isA("virtio-blk");
    String path = "/machine/peripheral/" + device.id();
    return behind ? path + "/virtio-backend" : device.id();
  }

  private record User(String name, boolean writes, boolean shares) {}
}
