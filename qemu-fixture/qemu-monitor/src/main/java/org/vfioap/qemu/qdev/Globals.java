package org.vfioap.qemu.qdev;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.qom.PropertyWrite;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.scalar.Numbers;

/**
 * What {@code -global} says about devices. Source: qom/object.c (object_apply_global_props) and
 * hw/core/qdev.c of QEMU 7.2.
 */
public final class Globals {
  private static final String DEVICE = "device";
  private static final String CPU = "s390x-cpu";

  /** The first device of every process, which is on no board. */
  private static final String MIGRATION = "migration";

  private final Board board;
  private final PlugEnvironment environment;
  private final List<Global> globals = new ArrayList<>();

  Globals(Board board, PlugEnvironment environment) {
    this.board = board;
    this.environment = environment;
  }

  /**
   * Applies settings to the devices that the board has, and to all that come.
   *
   * @throws QemuError if one of the board cannot take its own
   */
  public void add(List<Global> more) throws QemuError {
    for (Global each : more) {
      globals.add(each);
      if (applies(each, MIGRATION)) {
        read(each, MIGRATION, "");
      }
      apply(each, board.tree().root());
    }
  }

  private boolean applies(Global global, String model) {
    return board.types().isA(model, DEVICE) && board.types().isA(model, global.driver());
  }

  private void apply(Global global, QomObject object) throws QemuError {
    if (applies(global, object.type()) && !board.types().isA(object.type(), CPU)) {
      Property property =
          object
              .property(global.property())
              .orElseThrow(
                  () ->
                      PropertyWrite.notFound(object.type(), global.property())
                          .prefixed(global.complaint()));
      JsonValue value = read(global, object.type(), "");
      object.put(property.withValue(value));
      board
          .deviceOf(object)
          .ifPresent(device -> device.print(property.name(), DeviceBuilder.printed(value)));
    }
    for (QomObject child : List.copyOf(object.children())) {
      apply(global, child);
    }
  }

  /**
   * Returns the properties of a new device of {@code model}, those of the device behind a transport
   * too. What cannot be applied to a hot plugged one is only told.
   *
   * @throws QemuError if a setting cannot be applied
   */
  Map<String, JsonValue> of(String model, String id) throws QemuError {
    String behind = model.replaceFirst("-(ccw|pci)$", "-device");
    Map<String, JsonValue> values = new LinkedHashMap<>();
    for (Global each : globals) {
      for (String type : List.of(model, behind)) {
        if (applies(each, type)) {
          add(each, type, id, values);
        }
      }
    }
    return values;
  }

  private void add(Global global, String type, String id, Map<String, JsonValue> values)
      throws QemuError {
    try {
      values.put(global.property(), read(global, type, id));
    } catch (QemuError refused) {
      if (!environment.isMachineReady()) {
        throw refused;
      }
      environment.report("warning: " + refused.text() + "\n");
    }
  }

  /** The value is text that a visitor of strings reads, which says otherwise what a number is. */
  private JsonValue read(Global global, String model, String id) throws QemuError {
    String name = global.property();
    PropertyTable table = PropertyTable.of(model);
    try {
      String type = table.type(name).orElse("");
      if (type.startsWith("uint") && Numbers.integer(global.value()).isEmpty()) {
        throw Refusals.expects(name, "uint64");
      }
      return new PropertyInput(model, id, table, board, environment)
          .read(name, JsonString.of(global.value()), false);
    } catch (QemuError refused) {
      throw refused.prefixed(global.complaint());
    }
  }
}
