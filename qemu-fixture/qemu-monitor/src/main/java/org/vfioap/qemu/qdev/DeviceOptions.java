package org.vfioap.qemu.qdev;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What a user says about a device to create.
 *
 * <p>Before QEMU 10.0, QMP's {@code device_add} goes through option strings: scalars become text,
 * everything else is dropped, and only {@code -device} in JSON keeps types. Source:
 * softmmu/qdev-monitor.c and util/qemu-option.c of QEMU 7.2.
 */
public final class DeviceOptions {
  private final Map<String, JsonValue> members;
  private final boolean typed;

  private DeviceOptions(Map<String, JsonValue> members, boolean typed) {
    this.members = members;
    this.typed = typed;
  }

  /**
   * Returns the options of QMP's {@code device_add}.
   *
   * @throws QemuError if the identifier is not one
   */
  public static DeviceOptions ofCommand(JsonObject arguments) throws QemuError {
    return QemuRules.TYPED_DEVICE_ADD.now() ? ofJson(arguments) : ofTexts(arguments);
  }

  private static DeviceOptions ofTexts(JsonObject arguments) throws QemuError {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    Optional<String> id = arguments.text("id");
    if (id.isPresent()) {
      Identifiers.check(id.get());
      members.put("id", JsonString.of(id.get()));
    }
    arguments
        .members()
        .forEach(
            (name, value) -> {
              if (!name.equals("id")) {
                text(value).ifPresent(text -> members.put(name, JsonString.of(text)));
              }
            });
    return new DeviceOptions(members, false);
  }

  private static Optional<String> text(JsonValue value) {
    if (value instanceof JsonString string) {
      return Optional.of(string.text());
    }
    if (value instanceof JsonBool bool) {
      return Optional.of(bool.isTrue() ? "on" : "off");
    }
    return value instanceof JsonNumber ? Optional.of(value.toString()) : Optional.empty();
  }

  /**
   * Returns the options of {@code -device driver,key=value} and of HMP's {@code device_add}.
   *
   * @throws QemuError if the identifier is not one
   */
  public static DeviceOptions ofText(OptionString options) throws QemuError {
    JsonObject arguments = JsonObject.empty();
    Optional<String> id = options.id();
    if (id.isPresent()) {
      Identifiers.check(id.get());
      arguments.with("id", id.get());
    }
    options.values().forEach(arguments::with);
    return ofTexts(arguments);
  }

  /** Returns the options of {@code -device} in JSON. */
  public static DeviceOptions ofJson(JsonObject json) {
    return new DeviceOptions(json.members(), true);
  }

  /** Returns the text of a member; absent if it is no text. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name))
        .map(value -> value instanceof JsonString string ? string.text() : null);
  }

  /** Returns the properties: all members but driver, bus and identifier. */
  Map<String, JsonValue> properties() {
    Map<String, JsonValue> properties = new LinkedHashMap<>(members);
    properties.keySet().removeAll(java.util.Set.of("driver", "bus", "id"));
    return properties;
  }

  /** Says whether values carry their JSON type. */
  boolean isTyped() {
    return typed;
  }
}
