package org.vfioap.qemu.hmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.recording.Recording;

/**
 * Commands on things that a diskless guest does not have: the recorded text, with the arguments
 * where it quotes them.
 */
final class Recorded {
  private static final String NUMBER = "7919";

  private Recorded() {}

  /** Prints what a command of the given argument types prints. */
  static String print(String command, String types, Map<String, String> arguments) {
    Recording probes = Recording.named("probes");
    Optional<String> all =
        hasOptional(types, arguments)
            ? probes.find("human " + command + " all").filter(text -> quotesOnly(text, arguments))
            : Optional.empty();
    String text = all.or(() -> probes.find("human " + command)).orElse("");
    return text.isEmpty() ? "" : fill(text, arguments) + "\n";
  }

  private static boolean hasOptional(String types, Map<String, String> arguments) {
    for (String type : types.split(",", -1)) {
      int colon = type.indexOf(':');
      if (type.endsWith("?") && arguments.containsKey(type.substring(0, colon))) {
        return true;
      }
    }
    return false;
  }

  /** Says whether all that a text quotes was given. */
  private static boolean quotesOnly(String text, Map<String, String> arguments) {
    String left = text;
    for (String name : arguments.keySet()) {
      left = left.replace("@" + name + "@", "");
    }
    return left.indexOf('@') < 0;
  }

  private static String fill(String text, Map<String, String> arguments) {
    String filled = text;
    for (Map.Entry<String, String> each : arguments.entrySet()) {
      filled = filled.replace("@" + each.getKey() + "@", each.getValue());
      boolean number = each.getValue().matches("-?\\d+");
      filled = number ? filled.replace(NUMBER, each.getValue()) : filled;
    }
    return filled;
  }
}
