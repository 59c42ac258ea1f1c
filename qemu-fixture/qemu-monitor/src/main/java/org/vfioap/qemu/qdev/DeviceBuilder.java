package org.vfioap.qemu.qdev;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qom.ObjectTree;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.recording.Recording;

/** Makes a device from what was recorded when a real QEMU had one of the model. */
final class DeviceBuilder {
  private static final String VFIO_AP = "vfio-ap";

  private final Board board;
  private final PlugEnvironment environment;
  private final BusNames busNames = new BusNames();

  DeviceBuilder(Board board, PlugEnvironment environment) {
    this.board = board;
    this.environment = environment;
  }

  Device build(Candidate candidate) throws QemuError {
    if (candidate.model().equals(VFIO_AP)) {
      return new VfioApBuilder(this, board, environment).build(candidate);
    }
    if (board.types().isA(candidate.model(), "ccw-device")) {
      addresses(candidate);
    }
    Migratability.check(candidate.model(), candidate.bus(), environment.isOnlyMigratable());
    Realize.check(candidate);
    PciAddress.settle(candidate, environment.isMachineReady());
    return recorded(candidate);
  }

  private Device recorded(Candidate candidate) throws QemuError {
    String model = candidate.model();
    String id = candidate.id();
    Recording devices = Recording.named("devices");
    String qtree = devices.find(model + " qtree").orElse("");
    UnaryOperator<String> names = busNames.naming(id, qtree);
    Device device = device(model, id, names.apply(qtree));
    QomObject object = objects(names.apply(devices.find(model).orElseGet(() -> unrecorded(model))));
    device.represent(object);
    device.representBelow(object);
    if (candidate.text("rng").isPresent()) {
      object
          .child("virtio-backend")
          .flatMap(behind -> behind.child("default-backend"))
          .ifPresent(QomObject::unparent);
    }
    finish(device, object, candidate);
    return device;
  }

  /** A model that was not recorded, since it needs another device, has what all devices have. */
  private static String unrecorded(String model) {
    return "# \n"
        + model
        + "\ntype\tstring\t\""
        + model
        + "\"\nparent_bus\tlink<bus>\t\"\"\nrealized\tbool\ttrue\nhotplugged\tbool\ttrue\n"
        + "hotpluggable\tbool\ttrue\n";
  }

  private static Device device(String model, String id, String qtree) {
    if (qtree.isEmpty()) {
      return new Device(model, id);
    }
    Device device = new Device(model, id);
    Device recorded = BusTree.parseDevice(qtree);
    device.propertyLines().addAll(recorded.propertyLines());
    device.buses().addAll(recorded.buses());
    return device;
  }

  /** Reads the recorded objects: each starts with {@code #} and the path below the device. */
  private QomObject objects(String text) {
    Map<String, QomObject> byPath = new LinkedHashMap<>();
    for (String part : text.split("(?m)^# ", -1)) {
      int line = part.indexOf('\n');
      if (line >= 0) {
        byPath.put(
            part.substring(0, line), ObjectTree.object(part.substring(line + 1), board.types()));
      }
    }
    QomObject top = byPath.getOrDefault("", QomObject.container());
    byPath.forEach(
        (path, object) -> {
          int slash = path.lastIndexOf('/');
          if (slash >= 0) {
            byPath
                .getOrDefault(path.substring(0, slash), top)
                .add(path.substring(slash + 1), object);
          }
        });
    return top;
  }

  private static void addresses(Candidate candidate) throws QemuError {
    Optional<String> wanted = candidate.text("devno");
    ChannelAddress.Pair pair = ChannelAddress.choose(wanted, candidate.bus());
    wanted.ifPresent(ignored -> candidate.settle("devno", JsonString.of(pair.number())));
    candidate.settle("dev_id", JsonString.of(pair.number()));
    candidate.settle("subch_id", JsonString.of(pair.subchannel()));
  }

  void finish(Device device, QomObject object, Candidate candidate) {
    Map<String, JsonValue> values = new LinkedHashMap<>(candidate.values());
    values.put("hotplugged", JsonBool.of(environment.isMachineReady()));
    object.children().forEach(this::markPlugged);
    board
        .objectOf(candidate.bus())
        .ifPresent(parent -> values.put("parent_bus", ObjectTree.pathOf(parent)));
    values.forEach(
        (name, value) -> {
          write(object, name, value);
          object.child("virtio-backend").ifPresent(behind -> write(behind, name, value));
          device.print(name, printed(value));
        });
    PciAddress.show(device, candidate);
    if (candidate.bus().type().equals(SerialPorts.BUS)) {
      String line = SerialPorts.line(candidate.number("nr").orElse(0));
      device.propertyLines().replaceAll(each -> each.startsWith("port ") ? line : each);
    }
  }

  private static void write(QomObject object, String name, JsonValue value) {
    boolean ownBus = object.name().equals("virtio-backend") && name.equals("parent_bus");
    if (!ownBus) {
      object.property(name).ifPresent(property -> object.put(property.withValue(value)));
    }
  }

  private void markPlugged(QomObject child) {
    child
        .property("hotplugged")
        .ifPresent(each -> child.put(each.withValue(JsonBool.of(environment.isMachineReady()))));
  }

  /** Source: softmmu/qdev-monitor.c (qdev_print_props) of QEMU 7.2. */
  static String printed(JsonValue value) {
    if (value instanceof JsonString string) {
      return "\"" + string.text() + "\"";
    }
    if (value instanceof JsonNumber.Signed number) {
      return number.value() + " (0x" + Long.toHexString(number.value()) + ")";
    }
    return value.toString();
  }
}
