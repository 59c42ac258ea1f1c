package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;

/** Asks every question that needs no arguments, over QMP and in the human monitor. */
final class ReplyRecorder {
  private static final Set<String> WAITS = Set.of("info profile", "info sync-profile");

  private final LiveQemu qemu;

  ReplyRecorder(LiveQemu qemu) {
    this.qemu = qemu;
  }

  void record(List<String> informationCommands, RecordingFile out) throws IOException {
    for (String command : names("query-commands")) {
      boolean question = command.startsWith("query-") || command.startsWith("x-query-");
      if (question && !command.equals("query-qmp-schema")) {
        out.add(command, qemu.ask(command));
      }
    }
    for (String information : informationCommands) {
      String line = "info " + information;
      if (!WAITS.contains(line)) {
        out.add(line, qemu.human(line));
      }
    }
    for (String model : modelsWithDefaults()) {
      JsonObject arguments =
          JsonObject.of("type", "full").with("model", JsonObject.of("name", model));
      out.add("expansion " + model, qemu.ask("query-cpu-model-expansion", arguments));
    }
  }

  /** Returns the models whose features may depend on the machine's version. */
  private List<String> modelsWithDefaults() throws IOException {
    return names("query-cpu-definitions").stream().filter(n -> !n.endsWith("-base")).toList();
  }

  private List<String> names(String command) throws IOException {
    return ((JsonArray) LiveQemu.result(qemu.ask(command)))
        .items().stream().map(v -> ((JsonObject) v).text("name").orElseThrow()).sorted().toList();
  }
}
