package org.vfioap.zcrypt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.bus.ApBus;
import org.vfioap.kernel.HostLock;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRules;
import org.vfioap.sysfs.Attribute;
import org.vfioap.sysfs.AttributeTable;
import org.vfioap.sysfs.DeviceFiles;
import org.vfioap.sysfs.DeviceFiles.Identity;
import org.vfioap.sysfs.Entries;
import org.vfioap.sysfs.Listing;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;

/**
 * The directories of zcrypt's device nodes: {@code /sys/class/zcrypt} and what lies below {@code
 * /sys/devices/virtual}.
 *
 * <p>Source: zcrypt_api.c of Linux 6.1 to 7.2, drivers/char/misc.c.
 */
public final class ZcryptFiles {
  private static final String MISC_PATH = "/devices/virtual/misc/z90crypt";

  private final Kernel kernel;
  private final HostLock lock;
  private final ZcryptNodes nodes;
  private final AttributeTable<ZcryptNode> nodeFiles;
  private final Entries classFiles;

  private ZcryptFiles(ApBus bus) {
    kernel = bus.kernel();
    lock = kernel.lock();
    nodes = new ZcryptNodes(bus);
    nodeFiles = AttributeTable.of(lock, ZcryptNode::isRegistered, attributes());
    classFiles =
        Entries.create()
            .withAll(
                AttributeTable.of(
                    lock,
                    any -> true,
                    List.of(
                        command("create", ZcryptNodes::create),
                        command("destroy", ZcryptNodes::destroy))),
                nodes);
  }

  /** Makes the directories of a machine with zcrypt, which has no node yet. */
  public static ZcryptFiles of(ApBus bus) {
    return new ZcryptFiles(bus);
  }

  private static Attribute<ZcryptNodes> command(
      String name, BiConsumer<ZcryptNodes, String> store) {
    return new Attribute<>(name, 0600, null, store, true);
  }

  private List<Attribute<ZcryptNode>> attributes() {
    List<Attribute<ZcryptNode>> all = new ArrayList<>();
    for (ZcryptNode.Mask mask : ZcryptNode.Mask.values()) {
      all.add(
          Attribute.<ZcryptNode>setting(
                  mask.name().toLowerCase(Locale.ROOT),
                  node -> node.mask(mask),
                  (node, text) -> nodes.write(node, mask, text))
              .lockingItself());
    }
    all.add(Attribute.line("dev", node -> ZcryptNode.MAJOR + ":" + node.minor()));
    all.add(DeviceFiles.uevent(kernel, ZcryptFiles::identity));
    return all;
  }

  private static Identity identity(ZcryptNode node) {
    return new Identity(node.devpath(), "zcrypt", node.properties(), "zcrypt " + node.name());
  }

  /** Returns {@code /sys/class/zcrypt}. */
  public SysfsDirectory classDirectory() {
    return new Listing(this::classNames, this::classEntry);
  }

  private Collection<String> classNames() {
    List<String> names = new ArrayList<>(classFiles.names());
    names.addAll(nodes.names());
    return names;
  }

  private @Nullable SysfsNode classEntry(String name) {
    return nodes.find(name).isPresent()
        ? new SysfsLink("../../devices/virtual/zcrypt/" + name)
        : classFiles.child(name);
  }

  /** Returns {@code /sys/devices/virtual/zcrypt}, which exists while there is a node; else null. */
  public @Nullable SysfsDirectory devicesDirectory() {
    return nodes.all().isEmpty()
        ? null
        : new Listing(nodes::names, name -> nodes.find(name).map(this::nodeDirectory).orElse(null));
  }

  private SysfsDirectory nodeDirectory(ZcryptNode node) {
    return Entries.create()
        .withAll(nodeFiles, node)
        .with("power", DeviceFiles.power(lock))
        .withLink("subsystem", "../../../../class/zcrypt");
  }

  /** Returns {@code /sys/devices/virtual/misc/z90crypt}, the node without masks of its own. */
  public SysfsDirectory miscDevice() {
    int minor = kernel.profile().get(KernelRules.Z90CRYPT_MINOR);
    List<String> properties = List.of("MAJOR=10", "MINOR=" + minor, "DEVNAME=z90crypt");
    Identity identity = new Identity(MISC_PATH, "misc", properties, "misc z90crypt");
    AttributeTable<Identity> table =
        AttributeTable.of(
            lock,
            any -> true,
            List.of(
                Attribute.line("dev", any -> "10:" + minor),
                DeviceFiles.<Identity>uevent(kernel, self -> self)));
    return Entries.create()
        .withAll(table, identity)
        .with("power", DeviceFiles.power(lock))
        .withLink("subsystem", "../../../../class/misc");
  }
}
