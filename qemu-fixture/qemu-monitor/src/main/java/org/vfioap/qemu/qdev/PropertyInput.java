package org.vfioap.qemu.qdev;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Numbers;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qom.PropertyWrite;

/**
 * Reads the value of a property of a device that is being created. Source:
 * hw/core/qdev-properties.c and qapi/qobject-input-visitor.c of QEMU 7.2.
 */
final class PropertyInput {
  private static final Pattern DEVICE_NUMBER =
      Pattern.compile("[0-9a-fA-F]{1,2}\\.[0-9a-fA-F]\\.[0-9a-fA-F]{1,4}");
  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}");
  private static final Map<String, Long> UNSIGNED =
      Map.of("uint8", 0xFFL, "uint16", 0xFFFFL, "uint32", 0xFFFFFFFFL);

  private final String model;
  private final PropertyTable properties;
  private final Board board;

  PropertyInput(String model, PropertyTable properties, Board board) {
    this.model = model;
    this.properties = properties;
    this.board = board;
  }

  /** Returns the value as {@code qom-get} shows it. */
  JsonValue read(String name, JsonValue value, boolean typed) throws QemuError {
    String type = properties.type(name).orElseThrow(() -> PropertyWrite.notFound(model, name));
    if (name.equals("dev_id") || name.equals("subch_id")) {
      throw QemuError.generic("Property '" + model + "." + name + "' is not writable");
    }
    if (typed) {
      return typed(name, type, value);
    }
    return text(name, type, ((JsonString) value).text());
  }

  private JsonValue typed(String name, String type, JsonValue value) throws QemuError {
    if (type.equals("bool") && !(value instanceof JsonBool)) {
      throw Refusals.type(name, "boolean");
    }
    boolean integer = type.contains("int") || type.equals("size");
    if (integer && !(value instanceof JsonNumber)) {
      throw Refusals.type(name, "integer");
    }
    if (type.equals("str") && !(value instanceof JsonString)) {
      throw Refusals.type(name, "string");
    }
    return value instanceof JsonString string ? text(name, type, string.text()) : value;
  }

  private JsonValue text(String name, String type, String text) throws QemuError {
    if (type.startsWith("link<")) {
      return link(text);
    }
    return switch (type) {
      case "bool" -> bool(name, text);
      case "int", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64" ->
          integer(name, type, text);
      case "size" ->
          JsonNumber.of(Numbers.size(text, 1).orElseThrow(() -> Refusals.expects(name, "a size")));
      default -> string(name, text);
    };
  }

  private JsonValue link(String text) throws QemuError {
    return board
        .at("/objects/" + text)
        .or(() -> board.at(text).filter(found -> text.startsWith("/")))
        .map(found -> JsonString.of(found.path()))
        .orElseThrow(() -> QemuError.deviceNotFound(text));
  }

  private static JsonBool bool(String name, String text) throws QemuError {
    return switch (text) {
      case "on", "yes", "true", "y" -> JsonBool.TRUE;
      case "off", "no", "false", "n" -> JsonBool.FALSE;
      default -> throw Refusals.expects(name, "'on' or 'off'");
    };
  }

  private static JsonNumber integer(String name, String type, String text) throws QemuError {
    OptionalLong value = Numbers.integer(text);
    if (value.isEmpty()) {
      throw Refusals.expects(name, "integer");
    }
    long number = value.getAsLong();
    Long largest = UNSIGNED.get(type);
    if (largest != null && (number < 0 || number > largest)) {
      throw Refusals.expects(name, type + "_t");
    }
    return type.equals("uint64")
        ? JsonNumber.parse(Long.toUnsignedString(number))
        : JsonNumber.of(number);
  }

  private JsonValue string(String name, String text) throws QemuError {
    Optional<Pattern> form =
        switch (name) {
          case "devno" -> Optional.of(DEVICE_NUMBER);
          case "mac" -> Optional.of(MAC);
          default -> Optional.empty();
        };
    if (form.isPresent() && !form.get().matcher(text).matches()) {
      throw QemuError.generic(owner(name) + "' doesn't take value '" + text + "'");
    }
    boolean backend = name.equals("drive") || name.equals("netdev") || name.equals("chardev");
    if (backend && !board.hasBackend(name, text)) {
      throw QemuError.generic(owner(name) + "' can't find value '" + text + "'");
    }
    return JsonString.of(text);
  }

  /** Properties of the device behind a virtio transport are reported under its name. */
  private String owner(String name) {
    boolean transport = model.startsWith("virtio-") && !name.equals("devno");
    String type = transport ? model.replaceFirst("-(ccw|pci)$", "-device") : model;
    return "Property '" + type + "." + name;
  }
}
