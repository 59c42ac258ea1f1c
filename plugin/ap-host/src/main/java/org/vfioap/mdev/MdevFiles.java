package org.vfioap.mdev;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApMatrix;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRules;
import org.vfioap.sysfs.Attribute;
import org.vfioap.sysfs.AttributeTable;
import org.vfioap.sysfs.DeviceFiles;
import org.vfioap.sysfs.Entries;
import org.vfioap.sysfs.Listing;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsNode;

/**
 * The files of an mdev, {@code /sys/devices/vfio_ap/matrix/UUID}.
 *
 * <p>Source: the document, "mdev_attr_groups"; Linux 6.1 vfio_ap_ops.c and mdev_sysfs.c.
 */
final class MdevFiles {
  private final VfioAp vfioAp;
  private final MdevsLock lock;
  private final AttributeTable<MatrixMdev> table;
  private final AttributeTable<MatrixMdev> vfioDevice;

  MdevFiles(VfioAp vfioAp) {
    this.vfioAp = vfioAp;
    Kernel kernel = vfioAp.kernel();
    lock = vfioAp.lock();
    table = AttributeTable.of(lock, MatrixMdev::isUsable, attributes(kernel));
    vfioDevice = AttributeTable.of(lock, mdev -> !mdev.isGone(), ofVfioDevice(kernel));
  }

  private static List<Attribute<MatrixMdev>> ofVfioDevice(Kernel kernel) {
    List<Attribute<MatrixMdev>> all = new ArrayList<>();
    all.add(DeviceFiles.uevent(kernel, mdev -> vfioDeviceIdentity(kernel, mdev)));
    if (kernel.profile().has(KernelRules.VFIO_CDEV)) {
      all.add(Attribute.line("dev", mdev -> "510:" + mdev.minor()));
    }
    return all;
  }

  private List<Attribute<MatrixMdev>> attributes(Kernel kernel) {
    Assignment assignment = vfioAp.assignment();
    List<Attribute<MatrixMdev>> all = new ArrayList<>();
    all.add(DeviceFiles.uevent(kernel, MdevFiles::identity));
    all.add(
        Attribute.<MatrixMdev>command("assign_adapter", assignment::assignAdapter).lockingItself());
    all.add(Attribute.command("unassign_adapter", assignment::unassignAdapter));
    all.add(
        Attribute.<MatrixMdev>command("assign_domain", assignment::assignDomain).lockingItself());
    all.add(Attribute.command("unassign_domain", assignment::unassignDomain));
    all.add(Attribute.command("assign_control_domain", assignment::assignControlDomain));
    all.add(Attribute.command("unassign_control_domain", assignment::unassignControlDomain));
    all.add(lines("control_domains", mdev -> mdev.assigned().controlDomainLines()));
    all.add(lines("matrix", mdev -> mdev.assigned().apqnLines()));
    all.add(lines("guest_matrix", mdev -> mdev.guestMatrix().apqnLines()));
    all.add(Attribute.<MatrixMdev>command("remove", vfioAp::remove).lockingItself());
    if (kernel.profile().has(KernelRules.AP_CONFIG)) {
      all.add(
          Attribute.<MatrixMdev>setting(
                  "ap_config", mdev -> configLine(mdev.assigned()), assignment::configure)
              .lockingItself());
    }
    return all;
  }

  /** A list that newer kernels end where the page ends. */
  private Attribute<MatrixMdev> lines(String name, Function<MatrixMdev, String> show) {
    boolean bounded = vfioAp.kernel().profile().has(KernelRules.MATRIX_STOPS_AT_PAGE);
    return Attribute.text(name, bounded ? show.andThen(OpenFile::page) : show);
  }

  private static String configLine(ApMatrix assigned) {
    return assigned.adapters() + "," + assigned.domains() + "," + assigned.controlDomains();
  }

  private static DeviceFiles.Identity identity(MatrixMdev mdev) {
    return new DeviceFiles.Identity(
        MdevEvents.path(mdev), "mdev", MdevEvents.properties(true), "vfio_ap_mdev " + mdev);
  }

  private static DeviceFiles.Identity vfioDeviceIdentity(Kernel kernel, MatrixMdev mdev) {
    return new DeviceFiles.Identity(
        MdevEvents.path(mdev) + "/vfio-dev/vfio" + mdev.minor(),
        "vfio-dev",
        MdevEvents.vfioDeviceProperties(kernel, mdev),
        "vfio-dev vfio" + mdev.minor());
  }

  /** Returns the directory; while a removal waits only what the vfio core holds is left in it. */
  SysfsDirectory directory(MatrixMdev mdev) {
    return new Listing(() -> names(mdev), name -> child(mdev, name));
  }

  private Collection<String> names(MatrixMdev mdev) {
    List<String> names = new ArrayList<>(others(mdev).names());
    if (mdev.isUsable()) {
      names.addAll(table.names());
    }
    return names;
  }

  private @Nullable SysfsNode child(MatrixMdev mdev, String name) {
    SysfsNode file = mdev.isUsable() ? table.file(mdev, name) : null;
    return file == null ? others(mdev).child(name) : file;
  }

  /** What is in the directory beside the attributes. */
  private SysfsDirectory others(MatrixMdev mdev) {
    Entries entries =
        Entries.create().withLink("iommu_group", "../../../../kernel/iommu_groups/" + mdev.group());
    if (hasVfioDevice(mdev)) {
      entries.with("vfio-dev", vfioDevices(mdev));
    }
    return mdev.isUsable() ? withLinks(entries) : entries;
  }

  boolean hasVfioDevice(MatrixMdev mdev) {
    return switch (vfioAp.kernel().profile().get(KernelRules.VFIO_DEV)) {
      case ABSENT -> false;
      case UNTIL_CLOSED -> true;
      case UNTIL_REMOVAL -> mdev.isUsable();
    };
  }

  private Entries withLinks(Entries entries) {
    return entries
        .with("power", DeviceFiles.power(lock))
        .withLink("mdev_type", "../mdev_supported_types/vfio_ap-passthrough")
        .withLink("subsystem", "../../../../bus/mdev")
        .withLink("driver", "../../../../bus/mdev/drivers/vfio_ap_mdev");
  }

  private SysfsDirectory vfioDevices(MatrixMdev mdev) {
    Entries device =
        Entries.create()
            .withAll(vfioDevice, mdev)
            .with("power", DeviceFiles.power(lock))
            .withLink("device", "../../../" + mdev.uuid())
            .withLink("subsystem", "../../../../../../class/vfio-dev");
    return Entries.create().with("vfio" + mdev.minor(), device);
  }
}
