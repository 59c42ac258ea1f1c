package org.vfioap.qemu.qdev;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.block.Disks;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.qom.ObjectTree;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.qom.TypeTable;
import org.vfioap.qemu.recording.MachineRecording;

/** The guest's board: all objects, and the tree of buses with the devices on them. */
public final class Board {
  private static final String NONE = "none";

  /** Where devices were when they were recorded. */
  private static final String RECORDED_PATH = "/machine/peripheral/d0";

  private static final String AP_BRIDGE =
      "  dev: ap-bridge, id \"\"\n    bus: ap-bus\n      type ap-bus\n";
  private static final String FLIC = "  dev: s390-flic-qemu";

  private final TypeTable types;
  private final Set<String> backends = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private final ObjectTree tree;
  private final Bus root;
  private @Nullable Disks disks;

  private Board(
      MachineRecording machine, TypeTable types, boolean complete, boolean withAp, boolean kvm) {
    this.types = types;
    Map<String, String> objects = machine.objects(complete);
    objects.keySet().removeIf(path -> path.startsWith("/chardevs/"));
    String qtree = machine.get("info qtree");
    if (withAp) {
      objects.put("/machine/ap-bridge", apBridge());
      objects.put("/machine/ap-bridge/ap-bus", apBus());
      int at = qtree.indexOf(FLIC);
      qtree = qtree.substring(0, at) + AP_BRIDGE + qtree.substring(at);
    }
    root = BusTree.parse(kvm ? qtree.replace("s390-flic-qemu", "s390-flic-kvm") : qtree);
    tree = ObjectTree.parse(objects, types);
    represent();
  }

  /**
   * Builds the board of a machine type.
   *
   * @param machine the name of the machine type
   * @param withAp whether the guest's CPU has the ap feature, which brings the AP bridge
   * @param kvm whether KVM runs the guest
   * @param types the types that there are
   */
  public static Board of(String machine, boolean withAp, boolean kvm, TypeTable types) {
    boolean complete = !machine.equals(NONE);
    return new Board(
        MachineRecording.of(machine), types, complete, withAp && complete, kvm && complete);
  }

  private static String apBridge() {
    return """
        ap-bridge
        type\tstring\t"ap-bridge"
        parent_bus\tlink<bus>\t"/machine/unattached/sysbus"
        realized\tbool\ttrue
        hotplugged\tbool\tfalse
        hotpluggable\tbool\tfalse
        ap-bus\tchild<ap-bus>
        """;
  }

  /** The bus comes after its bridge is realized, so that nothing realizes it. */
  private static String apBus() {
    return """
        ap-bus
        type\tstring\t"ap-bus"
        realized\tbool\tfalse
        hotplug-handler\tlink<hotplug-handler>\t"/machine/ap-bridge"
        """;
  }

  /** Joins the devices of the bus tree with their objects. */
  private void represent() {
    Map<String, QomObject> byType = new HashMap<>();
    collect(tree.root(), byType);
    BusTree.forEach(
        root,
        device -> Optional.ofNullable(byType.get(device.model())).ifPresent(device::represent));
  }

  private static void collect(QomObject object, Map<String, QomObject> byType) {
    byType.putIfAbsent(object.type(), object);
    object.children().forEach(child -> collect(child, byType));
  }

  /** Returns all objects. */
  public ObjectTree tree() {
    return tree;
  }

  /** Returns the types. */
  public TypeTable types() {
    return types;
  }

  /** Returns the bus that all others hang on. */
  public Bus root() {
    return root;
  }

  /** Returns the text of {@code info qtree}. */
  public String print() {
    return BusTree.print(root);
  }

  /** Returns the object behind a bus. */
  Optional<QomObject> objectOf(Bus bus) {
    if (bus == root) {
      return at("/machine/unattached/sysbus");
    }
    return ownerOf(bus).flatMap(Device::object).flatMap(object -> object.child(bus.name()));
  }

  /** Returns the device that brings a bus. */
  Optional<Device> ownerOf(Bus bus) {
    return BusTree.find(root, device -> device.buses().contains(bus));
  }

  /** Returns the object at an absolute path. */
  public Optional<QomObject> at(String path) {
    return tree.resolveAt(tree.root(), path);
  }

  /** Makes the back end of a device known: {@code kind} is the property that names it. */
  public void addBackend(String kind, String id) {
    backends.add(kind + " " + id);
  }

  /** Returns the disks. */
  public Disks disks() {
    Disks known = disks;
    if (known == null) {
      known = new Disks();
      disks = known;
    }
    return known;
  }

  /** Says whether there are any disks. */
  public boolean hasDisks() {
    return disks != null;
  }

  /** Takes the disks that were there before the board. */
  public void adopt(Disks older) {
    disks = older;
  }

  /** Forgets a back end and says whether it was known. */
  public boolean removeBackend(String kind, String id) {
    return backends.remove(kind + " " + id);
  }

  /** Says whether a device's property may name a back end. */
  public boolean hasBackend(String kind, String id) {
    return backends.contains(kind + " " + id)
        || (kind.equals("drive") && disks != null && disks.has(id))
        || (kind.equals("chardev") && at("/chardevs/" + id).isPresent());
  }

  /** Notes that something other than a device uses a back end. */
  public void takeBackend(String kind, String id) {
    taken.add(kind + " " + id);
  }

  boolean isTaken(String kind, String id) {
    return taken.contains(kind + " " + id);
  }

  /** Returns the devices on networks, the oldest first. */
  public List<NetworkDevice> networkDevices() {
    List<NetworkDevice> found = new java.util.ArrayList<>();
    for (Device device : devices()) {
      if (device.model().matches("virtio-net-(ccw|pci)")) {
        found.add(0, NetworkDevice.of(device));
      }
    }
    return found;
  }

  /** Returns the container of the objects that users create; it comes into being when needed. */
  public QomObject userObjects() {
    return tree.root()
        .child("objects")
        .orElseGet(
            () -> {
              QomObject container = QomObject.container();
              tree.root().add("objects", container);
              return container;
            });
  }

  /** Says whether a bus takes devices while the machine exists: it has a handler for it. */
  boolean isHotpluggable(Bus bus) {
    return objectOf(bus)
        .flatMap(object -> object.property("hotplug-handler"))
        .map(Property::raw)
        .filter(raw -> raw.startsWith("\"/"))
        .isPresent();
  }

  /** Puts a device and its object in place. */
  void attach(Bus bus, int number, Device device, QomObject parent, String name) {
    QomObject object = device.object().orElseThrow();
    parent.add(name, object);
    object.retarget(RECORDED_PATH, object.path());
    bus.attach(device, number);
    objectOf(bus)
        .ifPresent(
            each ->
                each.put(
                    new Property(
                        "child[" + number + "]",
                        "link<" + device.model() + ">",
                        JsonString.of(object.path()).toJson())));
  }

  /** Takes a device and its object away, and first what sits on its buses; the host is let go. */
  void detach(Device device) {
    for (Bus below : device.buses()) {
      List.copyOf(below.devices()).forEach(this::detach);
    }
    Bus bus = device.bus().orElseThrow();
    objectOf(bus).ifPresent(each -> each.drop("child[" + device.childNumber() + "]"));
    bus.devices().remove(device);
    device.object().ifPresent(QomObject::unparent);
    device.release();
  }

  /** Returns the device behind an object. */
  Optional<Device> deviceOf(QomObject object) {
    return BusTree.find(root, device -> device.object().equals(Optional.of(object)));
  }

  /** Returns all devices, the latest of each bus first. */
  public List<Device> devices() {
    List<Device> all = new java.util.ArrayList<>();
    BusTree.forEach(root, all::add);
    return all;
  }
}
