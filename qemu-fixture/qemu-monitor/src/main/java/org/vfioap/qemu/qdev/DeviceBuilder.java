package org.vfioap.qemu.qdev;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qom.ObjectTree;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.recording.Recording;
import org.vfioap.qemu.vfio.VfioAp;

/** Makes a device from what was recorded when a real QEMU had one of the model. */
final class DeviceBuilder {
  private static final String VFIO_AP = "vfio-ap";

  private final Board board;
  private final PlugEnvironment environment;

  DeviceBuilder(Board board, PlugEnvironment environment) {
    this.board = board;
    this.environment = environment;
  }

  Device build(String model, String id, Bus bus, Map<String, JsonValue> properties)
      throws QemuError {
    if (model.equals(VFIO_AP)) {
      return vfioAp(id, bus, properties);
    }
    Realize.check(model, properties);
    Recording devices = Recording.named("devices");
    Device device = device(model, id, named(id, devices.find(model + " qtree").orElse("")));
    QomObject object = objects(named(id, devices.find(model).orElseGet(() -> unrecorded(model))));
    device.represent(object);
    Map<String, JsonValue> all = new LinkedHashMap<>(properties);
    if (board.types().isA(model, "ccw-device")) {
      addresses(bus, properties, all);
    }
    finish(device, object, bus, all);
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

  /** Buses are called after their device, which was d0 when it was recorded. */
  private static String named(String id, String recorded) {
    return id.isEmpty() ? recorded : recorded.replace("d0.", id + ".");
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

  private static void addresses(
      Bus bus, Map<String, JsonValue> properties, Map<String, JsonValue> all) throws QemuError {
    Optional<String> wanted =
        properties.get("devno") instanceof JsonString devno
            ? Optional.of(devno.text())
            : Optional.empty();
    String address = ChannelAddress.choose(wanted, bus);
    wanted.ifPresent(ignored -> all.put("devno", JsonString.of(address)));
    all.put("dev_id", JsonString.of(address));
    all.put("subch_id", JsonString.of(ChannelAddress.subchannel(bus)));
  }

  private void finish(Device device, QomObject object, Bus bus, Map<String, JsonValue> values) {
    values.put("hotplugged", JsonBool.of(environment.isMachineReady()));
    object.children().forEach(this::markPlugged);
    board.objectOf(bus).ifPresent(parent -> values.put("parent_bus", ObjectTree.pathOf(parent)));
    values.forEach(
        (name, value) -> {
          object.property(name).ifPresent(property -> object.put(property.withValue(value)));
          device.print(name, printed(value));
        });
  }

  private void markPlugged(QomObject child) {
    child
        .property("hotplugged")
        .ifPresent(each -> child.put(each.withValue(JsonBool.of(environment.isMachineReady()))));
  }

  /** Source: softmmu/qdev-monitor.c (qdev_print_props) of QEMU 7.2. */
  private static String printed(JsonValue value) {
    if (value instanceof JsonString string) {
      return "\"" + string.text() + "\"";
    }
    if (value instanceof JsonNumber.Signed number) {
      return number.value() + " (0x" + Long.toHexString(number.value()) + ")";
    }
    return value.toString();
  }

  private Device vfioAp(String id, Bus bus, Map<String, JsonValue> properties) throws QemuError {
    Optional<String> path =
        properties.get("sysfsdev") instanceof JsonString string
            ? Optional.of(string.text())
            : Optional.empty();
    if (environment.isOnlyMigratable()) {
      throw QemuError.generic(
          "Device vfio-ap is not migratable, but --only-migratable was specified");
    }
    VfioAp vfio =
        VfioAp.realize(environment.host(), path, environment.memory(), environment::report);
    Device device = new Device(VFIO_AP, id);
    device.propertyLines().add("sysfsdev = \"" + path.orElse("") + "\"");
    device.onRelease(vfio::close);
    device.onReset(() -> vfio.reset(environment::report));
    if (environment.isMachineReady()) {
      vfio.reset(environment::report);
    }
    QomObject object = vfioObject(path.orElse(""));
    device.represent(object);
    finish(device, object, bus, new LinkedHashMap<>());
    return device;
  }

  private QomObject vfioObject(String path) {
    String text =
        """
        vfio-ap
        type\tstring\t"vfio-ap"
        parent_bus\tlink<bus>\t""
        realized\tbool\ttrue
        hotplugged\tbool\ttrue
        hotpluggable\tbool\ttrue
        """;
    QomObject object = ObjectTree.object(text, board.types());
    object.put(new Property("sysfsdev", "str", JsonString.of(path).toJson()));
    return object;
  }
}
