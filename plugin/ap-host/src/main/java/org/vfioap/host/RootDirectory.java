package org.vfioap.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vfioap.bus.ApBus;
import org.vfioap.bus.BusFiles;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.VfioDev;
import org.vfioap.mdev.MatrixFiles;
import org.vfioap.sysfs.Entries;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.zcrypt.ZcryptFiles;

/** What {@code /sys} contains; the parts of modules that are not loaded are not there. */
final class RootDirectory {
  private static final String MISC_DEVICES = "../../devices/virtual/misc/";

  private final Entries root = Entries.create();
  private final Entries bus = Entries.create();
  private final Entries classes = Entries.create();
  private final Entries devices = Entries.create();
  private final Entries virtual = Entries.create();
  private final Entries kernel = Entries.create();
  private final Entries modules = Entries.create();

  private RootDirectory() {
    devices.with("virtual", virtual).with("system", Entries.create());
    kernel.with("mm", Entries.create()).with("security", Entries.create());
    root.with("bus", bus)
        .with("class", classes)
        .with("devices", devices)
        .with("kernel", kernel)
        .with("module", modules);
    for (String name : List.of("block", "dev", "firmware", "fs", "power")) {
      root.with(name, Entries.create());
    }
  }

  /** A machine without AP instructions. */
  static SysfsDirectory withoutAp() {
    return new RootDirectory().root;
  }

  /**
   * A machine with an AP bus.
   *
   * @param matrix what vfio_ap adds, while it is loaded
   */
  static SysfsDirectory of(
      ApBus apBus, BootParameters boot, Supplier<@Nullable MatrixFiles> matrix) {
    RootDirectory directory = new RootDirectory();
    BusFiles files = BusFiles.of(apBus);
    directory.bus.with("ap", files.busDirectory());
    directory.devices.with("ap", files.devicesDirectory());
    directory.addMatrix(apBus.kernel().profile(), matrix);
    directory.addZcrypt(ZcryptFiles.of(apBus), matrix);
    directory.addModules(apBus, boot, matrix);
    return directory.root;
  }

  private void addMatrix(KernelProfile profile, Supplier<@Nullable MatrixFiles> matrix) {
    live(bus, "matrix", matrix, MatrixFiles::matrixBus);
    live(bus, "mdev", matrix, MatrixFiles::mdevBus);
    live(classes, "mdev_bus", matrix, MatrixFiles::mdevBusClass);
    live(classes, "vfio", matrix, MatrixFiles::vfioClass);
    if (profile.get(KernelRules.VFIO_DEV) != VfioDev.ABSENT) {
      live(classes, "vfio-dev", matrix, MatrixFiles::vfioDeviceClass);
    }
    live(devices, "vfio_ap", matrix, MatrixFiles::devicesDirectory);
    live(virtual, "vfio", matrix, MatrixFiles::virtualVfio);
    live(kernel, "iommu_groups", matrix, MatrixFiles::iommuGroups);
  }

  /** Of the misc devices only those of zcrypt and vfio are there. */
  private void addZcrypt(ZcryptFiles zcrypt, Supplier<@Nullable MatrixFiles> matrix) {
    classes.with("zcrypt", zcrypt.classDirectory());
    virtual.withLive("zcrypt", zcrypt::devicesDirectory);
    Entries links = Entries.create().withLink("z90crypt", MISC_DEVICES + "z90crypt");
    Entries misc = Entries.create().with("z90crypt", zcrypt.miscDevice());
    links.withLive(
        "vfio", () -> matrix.get() == null ? null : new SysfsLink(MISC_DEVICES + "vfio"));
    live(misc, "vfio", matrix, MatrixFiles::containerDevice);
    classes.with("misc", links);
    virtual.with("misc", misc);
  }

  private static void live(
      Entries parent,
      String name,
      Supplier<@Nullable MatrixFiles> matrix,
      Function<MatrixFiles, SysfsDirectory> directory) {
    parent.withLive(
        name,
        () -> {
          MatrixFiles files = matrix.get();
          return files == null ? null : directory.apply(files);
        });
  }

  private void addModules(
      ApBus apBus, BootParameters boot, Supplier<@Nullable MatrixFiles> matrix) {
    List<String> names = new ArrayList<>(List.of("ap", "zcrypt"));
    names.addAll(apBus.hostModules());
    for (String name : names) {
      modules.with(name, ModuleParameters.moduleDirectory(name, apBus, boot));
    }
    for (String name : List.of("vfio_ap", "mdev", "vfio")) {
      modules.withLive(name, () -> matrix.get() == null ? null : Entries.create());
    }
  }
}
