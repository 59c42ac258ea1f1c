package org.vfioap.qemu.hmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.recording.Recording;

/**
 * Commands whose argument is one of a few words: with one of them they do what the QMP command
 * does, with another they complain as recorded. Source: monitor/hmp-cmds.c of QEMU 7.2.
 */
final class KnownWords {
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "watchdog_action", "action",
          "set_password", "protocol",
          "expire_password", "protocol");
  private static final Map<String, String> WORDS =
      Map.of(
          "action", "reset shutdown poweroff pause debug none inject-nmi",
          "protocol", "vnc spice");

  private KnownWords() {}

  static String print(String command, String types, Map<String, String> arguments) {
    String name = ARGUMENTS.getOrDefault(command, "");
    String word = arguments.getOrDefault(name, "");
    boolean known = (" " + WORDS.getOrDefault(name, "") + " ").contains(" " + word + " ");
    return known && !word.isEmpty() ? answer(command) : Recorded.print(command, types, arguments);
  }

  private static String answer(String command) {
    Recording probes = Recording.named("probes");
    Optional<String> reply = probes.find(command).or(() -> probes.find(command.replace('_', '-')));
    return reply
        .filter(line -> line.startsWith("{\"error\""))
        .map(line -> (JsonObject) new JsonText(line).parsed())
        .flatMap(line -> line.get("error"))
        .flatMap(error -> ((JsonObject) error).text("desc"))
        .map(text -> "Error: " + text + "\n")
        .orElse("");
  }
}
