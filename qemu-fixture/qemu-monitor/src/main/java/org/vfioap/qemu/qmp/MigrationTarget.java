package org.vfioap.qemu.qmp;

import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Where a guest goes to or comes from: an address, or since QEMU 10.0 a list with a channel.
 * Source: migration/migration.c (qmp_migrate) of QEMU 10.0, and measured.
 */
final class MigrationTarget {
  private MigrationTarget() {}

  /** Returns the address; empty if there is none. */
  static String of(String command, JsonObject arguments) throws QemuError {
    Optional<String> uri = arguments.text("uri");
    List<JsonValue> channels =
        arguments.get("channels").orElse(JsonArray.EMPTY) instanceof JsonArray list
            ? list.items()
            : List.of();
    if (uri.isPresent() || !QemuRules.MIGRATION_CHANNELS.now() || !command.equals("migrate")) {
      return uri.orElse("");
    }
    if (channels.isEmpty()) {
      throw QemuError.generic("need either 'uri' or 'channels' argument");
    }
    if (channels.size() > 1) {
      throw QemuError.generic("Channel list has more than one main entry");
    }
    JsonObject channel = (JsonObject) channels.get(0);
    return address((JsonObject) channel.get("addr").orElse(JsonObject.empty()));
  }

  private static String address(JsonObject address) throws QemuError {
    String transport = address.text("transport").orElse("");
    String type = address.text("type").orElse("");
    return switch (transport + " " + type) {
      case "socket unix" -> "unix:" + address.text("path").orElse("");
      case "socket fd" -> "fd:" + address.text("str").orElse("");
      case "socket inet" ->
          "tcp:" + address.text("host").orElse("") + ":" + address.text("port").orElse("");
      case "exec " -> "exec:" + words(address);
      default -> throw QemuError.generic("unknown migration protocol: " + transport);
    };
  }

  private static String words(JsonObject address) {
    StringBuilder line = new StringBuilder();
    if (address.get("args").orElse(JsonArray.EMPTY) instanceof JsonArray words) {
      for (JsonValue word : words.items()) {
        String text = word instanceof JsonString string ? string.text() : "";
        line.append(line.length() == 0 ? "" : " ").append("'" + text.replace("'", "'\\''") + "'");
      }
    }
    return line.toString();
  }
}
