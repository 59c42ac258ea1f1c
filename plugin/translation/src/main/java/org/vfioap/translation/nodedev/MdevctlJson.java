package org.vfioap.translation.nodedev;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vfioap.xml.nodedev.MdevAttribute;

/**
 * The JSON of mdevctl: one device as {@code --jsonfile} takes it, or parents with their devices as
 * {@code --dumpjson} prints them. Source: mdevctl 1.2.
 */
final class MdevctlJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MdevctlJson() {}

  static String write(MdevConfiguration mdev) {
    ObjectNode json = JSON.createObjectNode();
    json.put("mdev_type", mdev.type());
    json.put("start", mdev.autostart() ? "auto" : "manual");
    if (!mdev.attributes().isEmpty()) {
      ArrayNode attributes = json.putArray("attrs");
      mdev.attributes().forEach(each -> attributes.addObject().put(each.name(), each.value()));
    }
    return json.toString();
  }

  static List<MdevConfiguration> read(String text) {
    JsonNode json = tree(text);
    if (json.isObject()) {
      return List.of(device(json));
    }
    List<MdevConfiguration> found = new ArrayList<>();
    for (JsonNode parents : json) {
      for (Map.Entry<String, JsonNode> parent : parents.properties()) {
        readDevices(parent.getKey(), parent.getValue(), found);
      }
    }
    return found;
  }

  private static JsonNode tree(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json.isObject() || json.isArray()) {
        return json;
      }
      throw new IllegalArgumentException("neither a device nor a list of parents: " + json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not JSON: " + e.getOriginalMessage() + " in line " + e.getLocation().getLineNr(), e);
    }
  }

  private static void readDevices(String parent, JsonNode devices, List<MdevConfiguration> found) {
    for (JsonNode named : devices) {
      for (Map.Entry<String, JsonNode> each : named.properties()) {
        found.add(device(each.getValue()).named(parent, UUID.fromString(each.getKey())));
      }
    }
  }

  private static MdevConfiguration device(JsonNode json) {
    String type = json.path("mdev_type").asText();
    if (type.isEmpty()) {
      throw new IllegalArgumentException("'mdev_type' is missing, as in vfio_ap-passthrough");
    }
    List<MdevAttribute> attributes = new ArrayList<>();
    for (JsonNode each : json.path("attrs")) {
      each.properties()
          .forEach(a -> attributes.add(new MdevAttribute(a.getKey(), a.getValue().asText())));
    }
    boolean autostart = json.path("start").asText().equals("auto");
    return new MdevConfiguration("matrix", type, Optional.empty(), autostart, attributes);
  }
}
