package org.vfioap.translation.nodedev;

import org.vfioap.kernel.Errno;
import org.vfioap.translation.files.SysfsWrite;

/**
 * What an errno says about a write to vfio_ap's files. Source: the document, "Configure the matrix
 * device"; drivers/s390/crypto/vfio_ap_ops.c and drivers/vfio/mdev of Linux 6.1; docs/errno.
 */
final class WriteMeaning {
  private WriteMeaning() {}

  static String of(SysfsWrite write, Errno errno) {
    String file = write.file();
    if (file.equals("create")) {
      return ofCreation(write.value(), errno);
    }
    return file.contains("assign_") || file.equals("ap_config")
        ? ofAssignment(write, errno)
        : general(errno);
  }

  private static String ofCreation(String uuid, Errno errno) {
    return switch (errno) {
      case EEXIST -> "there is an mdev " + uuid + " already";
      case EINVAL -> "'" + uuid + "' is no UUID";
      case EUSERS -> "no more mdevs can be created";
      default -> general(errno);
    };
  }

  private static String ofAssignment(SysfsWrite write, Errno errno) {
    return switch (errno) {
      case ENODEV -> "'" + write.value() + "' is higher than what the machine can have";
      case EADDRNOTAVAIL ->
          "an APQN that it would give is reserved for the host: take it out of"
              + " /sys/bus/ap/apmask or aqmask";
      case EADDRINUSE -> "an APQN that it would give is assigned to another mdev";
      case EBUSY ->
          "the mdev is in use by a guest or being changed, or an APQN is assigned to another mdev";
      case EINVAL -> "'" + write.value() + "' is no number";
      case ERANGE -> "'" + write.value() + "' is too large for a number";
      default -> general(errno);
    };
  }

  private static String general(Errno errno) {
    return switch (errno) {
      case ENOENT -> "there is no such file: is vfio_ap loaded, and the mdev created?";
      case EACCES, EPERM -> "only root may write it";
      default -> "see docs/errno/" + errno + ".md";
    };
  }
}
