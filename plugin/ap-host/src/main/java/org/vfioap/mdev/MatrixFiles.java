package org.vfioap.mdev;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.HostLock;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.sysfs.Attribute;
import org.vfioap.sysfs.AttributeTable;
import org.vfioap.sysfs.DeviceFiles;
import org.vfioap.sysfs.Entries;
import org.vfioap.sysfs.Listing;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;

/**
 * The directories that vfio_ap, mdev and vfio add to /sys.
 *
 * <p>Source: the document, "Securing the APQNs for our example"; Linux 6.1 vfio_ap_drv.c,
 * drivers/vfio/mdev/mdev_sysfs.c, drivers/vfio/vfio_main.c and drivers/iommu/iommu.c.
 */
public final class MatrixFiles {
  private static final String TYPE = "vfio_ap-passthrough";
  private static final String DEVICE = "vfio";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,5}");

  /** What user space may rely on: an mdev's guest_matrix, changes while a guest runs, ap_config. */
  private static final String FEATURES = "guest_matrix hotplug ap_config";

  private final VfioAp vfioAp;
  private final Kernel kernel;
  private final HostLock lock;
  private final MdevFiles mdevFiles;
  private final SysfsDirectory devices;

  private MatrixFiles(VfioAp vfioAp) {
    this.vfioAp = vfioAp;
    kernel = vfioAp.kernel();
    lock = kernel.lock();
    mdevFiles = new MdevFiles(vfioAp);
    devices = makeDevicesDirectory();
  }

  /** Returns the directories of a loaded module. */
  public static MatrixFiles of(VfioAp vfioAp) {
    return new MatrixFiles(vfioAp);
  }

  private AttributeTable<VfioAp> table(List<Attribute<VfioAp>> attributes) {
    return AttributeTable.of(lock, VfioAp::isLoaded, attributes);
  }

  private Attribute<VfioAp> uevent(String path, String subsystem, List<String> properties) {
    return DeviceFiles.uevent(
        kernel, any -> new DeviceFiles.Identity(path, subsystem, properties, "vfio_ap matrix"));
  }

  /** Returns {@code /sys/devices/vfio_ap}; made once, as most paths lead through it. */
  public SysfsDirectory devicesDirectory() {
    return devices;
  }

  private SysfsDirectory makeDevicesDirectory() {
    return Entries.create()
        .withAll(table(List.of(uevent("/devices/vfio_ap", "", List.of()))), vfioAp)
        .with("power", DeviceFiles.power(lock))
        .with("matrix", matrixDirectory());
  }

  private SysfsDirectory matrixDirectory() {
    List<Attribute<VfioAp>> attributes = new ArrayList<>();
    attributes.add(uevent(MdevEvents.MATRIX, "matrix", List.of("DRIVER=vfio_ap")));
    if (kernel.profile().has(KernelRules.MATRIX_FEATURES)) {
      attributes.add(Attribute.line("features", any -> FEATURES));
    }
    Entries own =
        Entries.create()
            .withAll(table(attributes), vfioAp)
            .with("power", DeviceFiles.power(lock))
            .withLink("subsystem", "../../../bus/matrix")
            .withLink("driver", "../../../bus/matrix/drivers/vfio_ap")
            .with("mdev_supported_types", Entries.create().with(TYPE, typeDirectory()));
    return new Listing(
        () -> joined(own.names(), uuids(false)), name -> mdevOr(name, own.child(name)));
  }

  private @Nullable SysfsNode mdevOr(String name, @Nullable SysfsNode other) {
    MatrixMdev mdev = vfioAp.mdev(name);
    return mdev == null ? other : mdevFiles.directory(mdev);
  }

  private static List<String> joined(Collection<String> first, Collection<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }

  private List<String> uuids(boolean onlyUsable) {
    return vfioAp.mdevs().stream()
        .filter(mdev -> !onlyUsable || mdev.isUsable())
        .map(MatrixMdev::uuid)
        .toList();
  }

  /** A directory of links, one per mdev; a link goes as soon as a removal begins. */
  private SysfsDirectory mdevLinks(String up) {
    return new Listing(() -> uuids(true), uuid -> link(uuid, up));
  }

  private @Nullable SysfsLink link(String uuid, String up) {
    MatrixMdev mdev = vfioAp.mdev(uuid);
    return mdev == null || !mdev.isUsable() ? null : new SysfsLink(up + uuid);
  }

  private SysfsDirectory typeDirectory() {
    AttributeTable<VfioAp> files =
        table(
            List.of(
                Attribute.<VfioAp>command("create", VfioAp::create).lockingItself(),
                Attribute.line("device_api", any -> "vfio-ap"),
                Attribute.line("name", any -> "VFIO AP Passthrough Device"),
                Attribute.line("available_instances", VfioAp::available)));
    return Entries.create().withAll(files, vfioAp).with("devices", mdevLinks("../../../"));
  }

  /** Returns {@code /sys/bus/matrix}. */
  public SysfsDirectory matrixBus() {
    Entries driver =
        Entries.create()
            .withAll(
                table(
                    List.of(
                        DeviceFiles.driverUevent(
                            kernel, any -> "/bus/matrix/drivers/vfio_ap", "drivers"))),
                vfioAp)
            .withLink("module", "../../../../module/vfio_ap")
            .withLink("matrix", "../../../../devices/vfio_ap/matrix");
    return busDirectory("matrix")
        .with("devices", Entries.create().withLink("matrix", "../../../devices/vfio_ap/matrix"))
        .with("drivers", Entries.create().with("vfio_ap", driver));
  }

  /** Returns {@code /sys/bus/mdev}. */
  public SysfsDirectory mdevBus() {
    AttributeTable<VfioAp> files =
        table(
            List.of(
                Attribute.command("bind", MatrixFiles::refuseBinding),
                Attribute.command("unbind", MatrixFiles::refuseBinding),
                DeviceFiles.driverUevent(
                    kernel, any -> "/bus/mdev/drivers/vfio_ap_mdev", "drivers")));
    Entries own =
        Entries.create().withAll(files, vfioAp).withLink("module", "../../../../module/vfio_ap");
    SysfsDirectory links = mdevLinks("../../../../devices/vfio_ap/matrix/");
    SysfsDirectory driver =
        new Listing(
            () -> joined(own.names(), links.names()),
            name -> {
              SysfsNode link = links.child(name);
              return link == null ? own.child(name) : link;
            });
    return busDirectory("mdev")
        .with("devices", mdevLinks("../../../devices/vfio_ap/matrix/"))
        .with("drivers", Entries.create().with("vfio_ap_mdev", driver));
  }

  /** No mdev matches the driver: it is bound when it is created, and only then. */
  private static void refuseBinding(VfioAp vfioAp, String text) {
    throw KernelRefusal.of(Errno.ENODEV, "no mdev '" + text.strip() + "' to bind or unbind");
  }

  private Entries busDirectory(String name) {
    return Entries.create()
        .withAll(
            table(
                List.of(
                    Attribute.setting("drivers_autoprobe", any -> 1, (any, text) -> {}),
                    Attribute.command("drivers_probe", MatrixFiles::refuseBinding),
                    DeviceFiles.driverUevent(kernel, any -> "/bus/" + name, "bus"))),
            vfioAp);
  }

  /** Returns {@code /sys/class/mdev_bus}. */
  public SysfsDirectory mdevBusClass() {
    return Entries.create().withLink("matrix", "../../devices/vfio_ap/matrix");
  }

  /** Returns {@code /sys/class/vfio}: a link per IOMMU group. */
  public SysfsDirectory vfioClass() {
    return perGroup(mdev -> new SysfsLink("../../devices/virtual/vfio/" + mdev.group()));
  }

  /** Returns {@code /sys/class/vfio-dev}: a link per mdev. */
  public SysfsDirectory vfioDeviceClass() {
    return numbered(
        DEVICE,
        mdevFiles::hasVfioDevice,
        MatrixMdev::minor,
        vfioAp::mdevOfMinor,
        mdev -> new SysfsLink("../.." + MdevEvents.path(mdev) + "/vfio-dev/vfio" + mdev.minor()));
  }

  /** Returns {@code /sys/devices/virtual/vfio}. */
  public SysfsDirectory virtualVfio() {
    return perGroup(this::groupDevice);
  }

  private SysfsDirectory groupDevice(MatrixMdev mdev) {
    String path = "/devices/virtual/vfio/" + mdev.group();
    Attribute<VfioAp> dev = Attribute.line("dev", any -> "511:" + mdev.minor());
    return Entries.create()
        .withAll(
            table(List.of(dev, uevent(path, "vfio", MdevEvents.groupProperties(mdev)))), vfioAp)
        .with("power", DeviceFiles.power(lock))
        .withLink("subsystem", "../../../../class/vfio");
  }

  /**
   * Returns {@code /sys/devices/virtual/misc/vfio}: where programs find the numbers of
   * /dev/vfio/vfio.
   */
  public SysfsDirectory containerDevice() {
    return Entries.create()
        .withAll(
            table(
                List.of(
                    Attribute.line("dev", any -> "10:196"),
                    uevent(MdevEvents.CONTAINER, "misc", MdevEvents.CONTAINER_PROPERTIES))),
            vfioAp)
        .with("power", DeviceFiles.power(lock))
        .withLink("subsystem", "../../../../class/misc");
  }

  /** Returns {@code /sys/kernel/iommu_groups}. */
  public SysfsDirectory iommuGroups() {
    return perGroup(this::iommuGroup);
  }

  private SysfsDirectory iommuGroup(MatrixMdev mdev) {
    List<Attribute<VfioAp>> files =
        List.of(
            Attribute.line("name", any -> "vfio-noiommu"),
            Attribute.text("reserved_regions", any -> ""),
            Attribute.line("type", any -> "unknown"));
    return Entries.create()
        .withAll(table(files), vfioAp)
        .with(
            "devices",
            Entries.create().withLink(mdev.uuid(), "../../../.." + MdevEvents.path(mdev)));
  }

  private SysfsDirectory perGroup(Function<MatrixMdev, SysfsNode> entry) {
    return numbered("", any -> true, MatrixMdev::group, vfioAp::mdevOfGroup, entry);
  }

  /** A look at one entry takes as long with one mdev as with all of them. */
  private SysfsDirectory numbered(
      String prefix,
      Predicate<MatrixMdev> which,
      ToIntFunction<MatrixMdev> number,
      IntFunction<@Nullable MatrixMdev> find,
      Function<MatrixMdev, SysfsNode> entry) {
    return new Listing(
        () ->
            vfioAp.mdevs().stream()
                .filter(which)
                .map(mdev -> prefix + number.applyAsInt(mdev))
                .toList(),
        wanted -> {
          int wantedNumber = number(prefix, wanted);
          MatrixMdev mdev = wantedNumber < 0 ? null : find.apply(wantedNumber);
          return mdev != null && which.test(mdev) ? entry.apply(mdev) : null;
        });
  }

  /** Returns the number in a name, or -1 if the kernel gives no such name. */
  private static int number(String prefix, String name) {
    if (!name.startsWith(prefix) || !NUMBER.matcher(name.substring(prefix.length())).matches()) {
      return -1;
    }
    return Integer.parseInt(name.substring(prefix.length()));
  }
}
