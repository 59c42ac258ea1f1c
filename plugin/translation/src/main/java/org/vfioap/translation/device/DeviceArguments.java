package org.vfioap.translation.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.hostdev.MdevModel;
import org.vfioap.xml.hostdev.UuidText;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * A device as QEMU is told of it: a driver and properties in order. Immutable.
 *
 * <p>Source: qemuBuildHostdevMediatedDevProps of src/qemu/qemu_command.c, libvirt 9.0; QEMU's
 * option strings are read and written as util/qemu-option.c of 7.2 does.
 *
 * @param driver the model: {@code vfio-ap}
 * @param properties {@code id} first, then {@code sysfsdev} and others; switches are {@code on} or
 *     {@code off}
 */
public record DeviceArguments(String driver, Map<String, String> properties) {
  /** Where libvirt expects mediated devices. */
  public static final String DEVICES = "/sys/bus/mdev/devices/";

  private static final Set<String> SWITCHES = Set.of("ramfb");

  /** Copies the map. */
  public DeviceArguments {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /**
   * Returns the arguments that libvirt makes of a hostdev.
   *
   * @param id the alias of the device; a user's alias in the hostdev goes first
   */
  public static DeviceArguments of(Hostdev hostdev, String id) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("id", hostdev.alias().filter(alias -> hostdev.hasUserAlias()).orElse(id));
    properties.put("sysfsdev", DEVICES + hostdev.uuid());
    hostdev.display().ifPresent(value -> properties.put("display", value));
    hostdev.ramfb().filter("on"::equals).ifPresent(value -> properties.put("ramfb", value));
    hostdev.bootOrder().ifPresent(order -> properties.put("bootindex", String.valueOf(order)));
    return new DeviceArguments(hostdev.model().label(), properties);
  }

  /**
   * Reads any form: an option string or JSON as after {@code -device}, a QMP command, or a line of
   * HMP, with or without quotes.
   *
   * @throws LibvirtRefusal if it is none of them
   */
  public static DeviceArguments parse(String text) {
    return DeviceText.parse(text);
  }

  /** Returns a property. */
  public Optional<String> property(String name) {
    return Optional.ofNullable(properties.get(name));
  }

  /** Returns the id, which is the alias in libvirt. */
  public Optional<String> id() {
    return property("id");
  }

  /**
   * Returns the hostdev that these arguments come from.
   *
   * @throws LibvirtRefusal if the device is no crypto matrix or its path does not end with a UUID
   */
  public Hostdev toHostdev() {
    if (!driver.equals(MdevModel.VFIO_AP.label())) {
      throw refusal("the driver is '" + driver + "', not vfio-ap");
    }
    String path = property("sysfsdev").orElse("");
    UUID uuid =
        UuidText.read(path.substring(path.lastIndexOf('/') + 1))
            .orElseThrow(
                () -> refusal("sysfsdev='" + path + "' does not end with the UUID of an mdev"));
    Hostdev hostdev = Hostdev.vfioAp(uuid);
    return id().map(hostdev::withAlias).orElse(hostdev);
  }

  private static LibvirtRefusal refusal(String text) {
    return LibvirtRefusal.of(LibvirtError.CONFIG_UNSUPPORTED, text);
  }

  /** Returns the option string after {@code -device}; a comma in a value is doubled. */
  public String toOptions() {
    return driver
        + properties.entrySet().stream()
            .map(each -> "," + each.getKey() + "=" + each.getValue().replace(",", ",,"))
            .collect(Collectors.joining());
  }

  /** Returns the JSON after {@code -device}, as libvirt writes it for QEMU 6.2 and newer. */
  public String toJson() {
    return json().toString();
  }

  private JsonNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("driver", driver);
    properties.forEach(
        (name, value) -> {
          if (SWITCHES.contains(name)) {
            json.put(name, value.equals("on"));
          } else if (name.equals("bootindex")) {
            json.put(name, Long.parseLong(value));
          } else {
            json.put(name, value);
          }
        });
    return json;
  }

  /** Returns the QMP command that plugs the device. */
  public String toQmp() {
    ObjectNode command = JsonNodeFactory.instance.objectNode();
    command.put("execute", "device_add").set("arguments", json());
    return command.toString();
  }

  /** Returns the line of HMP that plugs the device. */
  public String toHmp() {
    return "device_add " + toOptions();
  }

  /** Returns the QMP command that unplugs a device. */
  public static String removalInQmp(String id) {
    ObjectNode command = JsonNodeFactory.instance.objectNode();
    command
        .put("execute", "device_del")
        .set("arguments", JsonNodeFactory.instance.objectNode().put("id", id));
    return command.toString();
  }

  /** Returns the line of HMP that unplugs a device. */
  public static String removalInHmp(String id) {
    return "device_del " + id;
  }

  /** Returns {@link #toOptions}. */
  @Override
  public String toString() {
    return toOptions();
  }
}
