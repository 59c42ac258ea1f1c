package org.vfioap.qemu.hmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/**
 * Commands on things that a diskless guest does not have: the text is the one of the QMP command of
 * the same name, with the argument where it quotes one.
 */
final class Recorded {
  private static final Map<String, String> TEXTS =
      Map.of(
          "savevm", "Error: no block device can store vmstate for snapshot\n",
          "loadvm", "Error: no block device can store vmstate for snapshot\n",
          "boot_set", "no function defined to set boot device list for this architecture\n",
          "drive_del", "Device '@id@' not found\n",
          "trace-event", "unknown event \"@name@\"\n",
          "sum", "00000\n");
  private static final Map<String, String> COMMANDS =
      Map.of("block_resize", "block_resize", "balloon", "balloon", "eject", "eject");

  private Recorded() {}

  static String print(String command, Map<String, String> arguments) throws QemuError {
    String text = TEXTS.get(command);
    if (text != null) {
      return fill(text, arguments);
    }
    Recording probes = Recording.named("probes");
    String name = COMMANDS.getOrDefault(command, command);
    Optional<String> reply = probes.find(name).or(() -> probes.find(name.replace('_', '-')));
    if (name.equals("eject")) {
      throw QemuError.generic("Device '" + arguments.getOrDefault("device", "") + "' not found");
    }
    if (reply.isPresent() && reply.get().startsWith("{\"error\"")) {
      throw QemuError.generic(fill(description(reply.get()), arguments));
    }
    return "";
  }

  private static String fill(String text, Map<String, String> arguments) {
    String filled = text;
    for (Map.Entry<String, String> each : arguments.entrySet()) {
      filled = filled.replace("@" + each.getKey() + "@", each.getValue());
    }
    return filled;
  }

  private static String description(String reply) {
    try {
      JsonObject parsed = (JsonObject) JsonReader.parse(reply);
      return ((JsonObject) parsed.get("error").orElseThrow()).text("desc").orElse("");
    } catch (JsonSyntaxException broken) {
      throw new IllegalStateException("not a recorded reply: " + reply, broken);
    }
  }
}
