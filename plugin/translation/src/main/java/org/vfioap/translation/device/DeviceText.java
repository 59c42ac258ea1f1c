package org.vfioap.translation.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** Reads the forms in which people and programs name a device. */
final class DeviceText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeviceText() {}

  static DeviceArguments parse(String text) {
    String rest = text.strip();
    for (String word : new String[] {"-device", "--device", "device_add", "device-add"}) {
      if (rest.startsWith(word + " ")) {
        rest = rest.substring(word.length()).strip();
      }
    }
    rest = unquoted(rest);
    return rest.startsWith("{") ? parseJson(rest) : parseOptions(rest);
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static DeviceArguments parseJson(String text) {
    JsonNode json = tree(text);
    JsonNode arguments = json.has("execute") ? json.path("arguments") : json;
    Map<String, String> properties = new LinkedHashMap<>();
    arguments.properties().forEach(each -> properties.put(each.getKey(), text(each.getValue())));
    String driver = properties.remove("driver");
    if (driver == null) {
      throw refusal("Parameter 'driver' is missing");
    }
    return new DeviceArguments(driver, properties);
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw refusal("not JSON: " + e.getOriginalMessage());
    }
  }

  private static String text(JsonNode value) {
    return value.isBoolean() ? (value.asBoolean() ? "on" : "off") : value.asText();
  }

  /** The first element may stand without a name: it is the driver. */
  private static DeviceArguments parseOptions(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    int position = 0;
    while (position < text.length()) {
      StringBuilder element = new StringBuilder();
      position = readElement(text, position, element);
      put(properties, element.toString(), properties.isEmpty());
    }
    String driver = properties.remove("driver");
    if (driver == null || driver.isEmpty()) {
      throw refusal("Parameter 'driver' is missing");
    }
    return new DeviceArguments(driver, properties);
  }

  /** Reads up to a single comma; two are one that belongs to the value. */
  private static int readElement(String text, int start, StringBuilder element) {
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean doubled = c == ',' && i + 1 < text.length() && text.charAt(i + 1) == ',';
      if (c == ',' && !doubled) {
        return i + 1;
      }
      element.append(c);
      i += doubled ? 2 : 1;
    }
    return i;
  }

  private static void put(Map<String, String> properties, String element, boolean first) {
    int equals = element.indexOf('=');
    if (equals < 0 && !first) {
      throw refusal("Expected '=' after parameter '" + element + "'");
    }
    if (equals < 0) {
      properties.put("driver", element);
    } else {
      properties.put(element.substring(0, equals), element.substring(equals + 1));
    }
  }

  private static LibvirtRefusal refusal(String text) {
    return LibvirtRefusal.of(LibvirtError.CONFIG_UNSUPPORTED, text)
        .withHint("a device is written as vfio-ap,id=hostdev0,sysfsdev=/sys/bus/mdev/devices/UUID");
  }
}
