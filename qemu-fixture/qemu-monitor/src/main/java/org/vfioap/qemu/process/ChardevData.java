package org.vfioap.qemu.process;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The data of {@code chardev-add} in the words of {@code -chardev}. Source: qapi/char.json and
 * chardev/char-socket.c of QEMU 7.2: over QMP a socket listens, and waits for nobody, unless it is
 * told otherwise.
 */
final class ChardevData {
  private static final Map<String, String> WORDS =
      Map.of("device", "path", "out", "path", "in", "input-path", "fqdn", "name");

  private final StringBuilder options;

  private ChardevData(String backend) {
    options = new StringBuilder(backend);
  }

  /**
   * Returns the options that say the same.
   *
   * @throws QemuError if the data say what no option does
   */
  static OptionString options(String backend, JsonObject data) throws QemuError {
    ChardevData words = new ChardevData(backend);
    if (backend.equals("socket")) {
      words.socket(data);
    }
    for (Map.Entry<String, JsonValue> each : data.members().entrySet()) {
      if (!(each.getValue() instanceof JsonObject)) {
        String name = each.getKey();
        words.put(
            backend.equals("spicevmc") ? "name" : WORDS.getOrDefault(name, name), each.getValue());
      }
    }
    if (data.get("remote").orElse(null) instanceof JsonObject remote) {
      QemuError.require(
          remote.text("type").equals(Optional.of("inet")), "socket type unsupported for datagram");
      words.address(remote);
    }
    return OptionString.parse(words.options.toString(), "backend");
  }

  private void socket(JsonObject data) throws QemuError {
    JsonObject address = (JsonObject) data.get("addr").orElseThrow();
    boolean listens = !data.get("server").equals(Optional.of(JsonBool.FALSE));
    if (!data.has("server")) {
      put("server", JsonBool.TRUE);
    }
    if (listens && !data.has("wait")) {
      put("wait", JsonBool.FALSE);
    }
    address(address);
  }

  private void address(JsonObject address) throws QemuError {
    JsonObject data = (JsonObject) address.get("data").orElse(address);
    switch (address.text("type").orElse("")) {
      case "unix" -> put("path", text(data, "path"));
      case "inet" -> {
        put("host", text(data, "host"));
        put("port", text(data, "port"));
      }
      case "fd" ->
          throw QemuError.generic(
              "File descriptor named '" + data.text("str").orElse("") + "' has not been found");
      default ->
          throw QemuError.generic("the emulator has no sockets of this type; use 'unix' or 'inet'");
    }
  }

  private static JsonString text(JsonObject data, String name) {
    return JsonString.of(data.text(name).orElse(""));
  }

  private void put(String name, JsonValue value) {
    String text = value instanceof JsonString string ? string.text() : value.toJson();
    String shown =
        value instanceof JsonBool flag ? (flag.equals(JsonBool.TRUE) ? "on" : "off") : text;
    options.append(',').append(name).append('=').append(shown.replace(",", ",,"));
  }
}
