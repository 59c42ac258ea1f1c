package org.vfioap.qemu.qdev;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.persona.PerVersion;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qom.TypeTable;
import org.vfioap.qemu.recording.Recording;

/** The recorded properties of a device model, and the help text made of them. */
public final class PropertyTable {
  private static final int HELP_COLUMN = 24;

  private static final PerVersion<Map<String, PropertyTable>> TABLES =
      PerVersion.of(ConcurrentHashMap::new);

  private final Map<String, JsonObject> properties = new LinkedHashMap<>();

  private PropertyTable(JsonArray list) {
    for (JsonValue each : list.items()) {
      JsonObject property = (JsonObject) each;
      properties.put(property.text("name").orElseThrow(), property);
    }
  }

  /** Returns the properties of {@code model}; none if it is not a device. */
  public static PropertyTable of(String model) {
    return TABLES.get().computeIfAbsent(model, PropertyTable::read);
  }

  private static PropertyTable read(String model) {
    Optional<JsonValue> list =
        Recording.named("properties")
            .find("device " + (model.equals(TypeTable.HOST_CPU) ? TypeTable.LARGEST_CPU : model))
            .flatMap(PropertyTable::returned);
    return new PropertyTable(list.map(value -> (JsonArray) value).orElse(JsonArray.EMPTY));
  }

  private static Optional<JsonValue> returned(String reply) {
    try {
      return ((JsonObject) JsonReader.parse(reply)).get("return");
    } catch (JsonSyntaxException broken) {
      throw new IllegalStateException("not a recorded reply: " + reply, broken);
    }
  }

  /** Returns the type of a property. */
  Optional<String> type(String name) {
    return Optional.ofNullable(properties.get(name)).flatMap(property -> property.text("type"));
  }

  /**
   * Returns the text of {@code device_add MODEL,help}.
   *
   * @throws QemuError if there is no such model
   */
  public static String help(String driver) throws QemuError {
    DeviceModels models = DeviceModels.recorded();
    String model = models.find(driver).isPresent() ? driver : models.behindAlias(driver).orElse("");
    if (model.isEmpty()) {
      throw noHelp(driver);
    }
    List<String> lines =
        of(model).properties.values().stream().map(PropertyTable::line).sorted().toList();
    if (lines.isEmpty()) {
      return "There are no options for " + model + ".\n";
    }
    return model + " options:\n" + String.join("\n", lines) + "\n";
  }

  private static QemuError noHelp(String driver) {
    TypeTable types = TypeTable.recorded();
    return types.exists(driver)
        ? Refusals.expects("typename", "a non-abstract device type")
        : QemuError.generic("Device '" + driver + "' not found");
  }

  /** Source: qom/qom-qmp-cmds.c (object_property_help) of QEMU 7.2. */
  private static String line(JsonObject property) {
    StringBuilder line = new StringBuilder("  ");
    line.append(property.text("name").orElse("")).append("=<");
    line.append(property.text("type").orElse("")).append('>');
    Optional<String> description = property.text("description");
    Optional<JsonValue> value = property.get("default-value");
    if (description.isPresent() || value.isPresent()) {
      while (line.length() < HELP_COLUMN) {
        line.append(' ');
      }
      line.append(" - ");
    }
    description.ifPresent(line::append);
    value.ifPresent(each -> line.append(" (default: ").append(shown(each)).append(')'));
    return line.toString();
  }

  private static String shown(JsonValue value) {
    return value instanceof JsonBool bool && QemuRules.ON_OFF_DEFAULTS.now()
        ? (bool.isTrue() ? "on" : "off")
        : value.toString();
  }
}
