package org.vfioap.qemu.qdev;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qom.PropertyWrite;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.Switches;

/**
 * Reads the value of a property of a device that is being created. Source:
 * hw/core/qdev-properties.c and qapi/qobject-input-visitor.c of QEMU 7.2.
 */
final class PropertyInput {
  private static final Pattern DEVICE_NUMBER =
      Pattern.compile("[0-9a-fA-F]{1,2}\\.[0-9a-fA-F]\\.[0-9a-fA-F]{4}");
  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}");
  private static final Map<String, Long> UNSIGNED =
      Map.of("uint8", 0xFFL, "uint16", 0xFFFFL, "uint32", 0xFFFFFFFFL);

  private static final Set<String> READ_ONLY =
      Set.of("type", "hotplugged", "hotpluggable", "dev_id", "subch_id");
  private static final Set<String> BACKENDS = Set.of("drive", "chardev");

  private final String model;
  private final PropertyTable properties;
  private final Board board;
  private final PropertyLimits limits;
  private final PlugEnvironment environment;

  PropertyInput(
      String model, String id, PropertyTable properties, Board board, PlugEnvironment environment) {
    this.environment = environment;
    this.model = model;
    this.properties = properties;
    this.board = board;
    this.limits = new PropertyLimits(model, id, board);
  }

  /** Returns the value as {@code qom-get} shows it. */
  JsonValue read(String name, JsonValue value, boolean typed) throws QemuError {
    if (READ_ONLY.contains(name)) {
      throw PropertyWrite.notWritable(model, name);
    }
    String type =
        name.equals("realized")
            ? "bool"
            : properties.type(name).orElseThrow(() -> PropertyWrite.notFound(model, name));
    if (type.startsWith("child<")) {
      throw PropertyWrite.notWritable(model, name);
    }
    JsonValue read =
        typed ? typed(name, type, value) : text(name, type, ((JsonString) value).text());
    limits.check(name, type, read);
    return read;
  }

  private JsonValue typed(String name, String type, JsonValue value) throws QemuError {
    if (!(isPciAddress(name, type) && value instanceof JsonString)) {
      PropertyWrite.checkType(name, type, value);
    }
    return value instanceof JsonString string ? text(name, type, string.text()) : value;
  }

  private JsonValue text(String name, String type, String text) throws QemuError {
    if (type.startsWith("link<")) {
      return link(name, type, text);
    }
    if (isPciAddress(name, type)) {
      return PciAddress.read(text).orElseThrow(() -> refusal(name, text));
    }
    return switch (type) {
      case "bool" -> bool(name, text);
      case "int", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64" ->
          integer(name, type, text);
      case "size" ->
          JsonNumber.of(Numbers.size(text, 1).orElseThrow(() -> Refusals.expects(name, "a size")));
      case "OnOffAuto", "BlockdevOnError" -> PropertyLimits.choice(name, type, text);
      default -> string(name, text);
    };
  }

  private static boolean isPciAddress(String name, String type) {
    return name.equals(PciAddress.PROPERTY) && type.equals("int32");
  }

  private QemuError refusal(String name, String text) {
    return QemuError.generic(owner(name) + "' doesn't take value '" + text + "'");
  }

  private JsonValue link(String name, String type, String text) throws QemuError {
    if (text.isEmpty()) {
      return JsonString.of("");
    }
    QomObject found =
        board
            .at("/objects/" + text)
            .or(() -> board.at(text).filter(object -> text.startsWith("/")))
            .orElseThrow(() -> QemuError.deviceNotFound(text));
    String target = type.substring("link<".length(), type.length() - 1);
    if (!board.types().isA(found.type(), target)) {
      throw Refusals.type(name, target);
    }
    return JsonString.of(found.path());
  }

  private static JsonBool bool(String name, String text) throws QemuError {
    return JsonBool.of(
        Switches.switched(text).orElseThrow(() -> Refusals.expects(name, "'on' or 'off'")));
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
    if (type.equals("int32") && number != (int) number) {
      throw Refusals.expects(name, "int32_t");
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
      throw refusal(name, text);
    }
    if (name.equals("fd") && model.startsWith("vfio-")) {
      PassedDescriptor.check(text, environment);
    }
    if (name.equals("netdev") || (BACKENDS.contains(name) && !text.isEmpty())) {
      backend(name, text);
    }
    return JsonString.of(
        name.equals("mac") ? text.replace('-', ':').toLowerCase(Locale.ROOT) : text);
  }

  /** A disk is checked for other users later. */
  private void backend(String name, String text) throws QemuError {
    if (!board.hasBackend(name, text)) {
      throw QemuError.generic(owner(name) + "' can't find value '" + text + "'");
    }
    boolean used =
        board.isTaken(name, text)
            || board.devices().stream()
                .anyMatch(each -> each.printed(name).equals(Optional.of(text)));
    if (used && !name.equals("drive")) {
      String why = name.equals("netdev") ? ", it's in use" : ": Device '" + text + "' is in use";
      throw QemuError.generic(owner(name) + "' can't take value '" + text + "'" + why);
    }
  }

  /** Properties of the device behind a virtio transport are reported under its name. */
  private String owner(String name) {
    boolean own = name.equals("devno") || name.equals(PciAddress.PROPERTY);
    boolean transport = model.matches("(virtio|vhost)-.*") && !own;
    String behind = model.replaceFirst("-(ccw|pci.*)$", "-device");
    String type = transport && board.types().exists(behind) ? behind : model;
    return "Property '" + type + "." + name;
  }
}
