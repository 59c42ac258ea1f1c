package org.vfioap.machine;

import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree;

/** Creates an mdev as an administrator would: by writing to files below /sys. */
final class MdevCreation {
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";
  private static final String TYPE = MATRIX + "mdev_supported_types/vfio_ap-passthrough/";

  private final SysfsTree sysfs;
  private final MdevDescription mdev;
  private final Position where;

  private MdevCreation(SysfsTree sysfs, MdevDescription mdev, Position where) {
    this.sysfs = sysfs;
    this.mdev = mdev;
    this.where = where;
  }

  /** Creates the mdev and assigns adapters, then domains, then control domains, ascending. */
  static void create(ApHost host, MdevDescription mdev, Position where) {
    MdevCreation creation = new MdevCreation(host.sysfs(), mdev, where);
    ApMatrix assigned = mdev.assigned();
    creation.write(TYPE, "create", mdev.uuid());
    creation.assign("assign_adapter", assigned.adapters());
    creation.assign("assign_domain", assigned.domains());
    creation.assign("assign_control_domain", assigned.controlDomains());
  }

  private void assign(String file, ApMask numbers) {
    numbers.stream().forEach(n -> write(MATRIX + mdev.uuid() + "/", file, String.valueOf(n)));
  }

  private void write(String directory, String file, String text) {
    try {
      sysfs.write(directory + file, text + "\n");
    } catch (KernelRefusal refusal) {
      throw where.error(
          "mdev "
              + mdev.uuid()
              + ": 'echo "
              + text
              + " > "
              + file
              + "' got "
              + refusal.getMessage(),
          "adapters and domains that apmask or aqmask of boot leave to vfio_ap");
    }
  }
}
