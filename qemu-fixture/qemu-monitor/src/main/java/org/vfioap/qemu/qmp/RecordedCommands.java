package org.vfioap.qemu.qmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/**
 * What needs no state: recorded answers, with the arguments filled in where the answer quotes them.
 */
final class RecordedCommands implements CommandGroup {
  private static final String RETURN = "{\"return\": ";

  private final Guest guest;

  RecordedCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    if (command.equals("query-qmp-schema")) {
      return Optional.of(reply(Recording.named("schema").get(command), Map.of()));
    }
    if (command.equals("query-command-line-options") && arguments.has("option")) {
      return Optional.of(optionGroup(arguments.text("option").orElse("")));
    }
    Recording probes = Recording.named("probes");
    Optional<String> recorded =
        arguments.size() > 0
            ? probes.find(command).or(() -> guest.recording().find(command))
            : guest.recording().find(command).or(() -> probes.find(command));
    return recorded.isEmpty()
        ? Optional.empty()
        : Optional.of(reply(recorded.get(), arguments.members()));
  }

  /**
   * Returns what a recorded line returns.
   *
   * @throws QemuError if the line is an error
   */
  static JsonValue reply(String line, Map<String, JsonValue> arguments) throws QemuError {
    if (line.startsWith(RETURN)) {
      return new JsonText(line.substring(RETURN.length(), line.length() - 1));
    }
    JsonObject reply = (JsonObject) new JsonText(line).parsed();
    JsonObject error = (JsonObject) reply.get("error").orElseThrow();
    String text = error.text("desc").orElse("");
    throw QemuError.of(ErrorClass.named(error.text("class").orElse("")), fill(text, arguments));
  }

  /** Fills in the arguments that a text quotes, and those within them. */
  private static String fill(String text, Map<String, JsonValue> arguments) {
    String filled = text;
    for (Map.Entry<String, JsonValue> each : arguments.entrySet()) {
      if (each.getValue() instanceof JsonString string) {
        filled = filled.replace("@" + each.getKey() + "@", string.text());
      } else if (each.getValue() instanceof JsonObject within) {
        filled = fill(filled, within.members());
      }
    }
    return filled;
  }

  private JsonValue optionGroup(String name) throws QemuError {
    JsonText all = (JsonText) reply(guest.recording().get("query-command-line-options"), Map.of());
    for (JsonValue each : ((JsonArray) all.parsed()).items()) {
      if (((JsonObject) each).text("option").equals(Optional.of(name))) {
        return new JsonArray(java.util.List.of(each));
      }
    }
    throw QemuError.generic("invalid option name: " + name);
  }
}
