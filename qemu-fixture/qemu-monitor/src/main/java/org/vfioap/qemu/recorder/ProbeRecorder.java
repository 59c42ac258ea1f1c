package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;

/**
 * Sends each command once, with mandatory arguments that name nothing, so that the answer shows
 * which argument it quotes. Of commands without arguments only refusals are of interest.
 */
final class ProbeRecorder {
  private static final Set<String> UNSAFE =
      Set.of(
          "device_add",
          "device_del",
          "object-add",
          "migrate",
          "migrate-incoming",
          "human-monitor-command",
          "qmp_capabilities",
          "quit");

  private final Path program;
  private final String[] arguments;

  ProbeRecorder(Path program, String... arguments) {
    this.program = program;
    this.arguments = arguments.clone();
  }

  void record(JsonValue schema, RecordingFile out) throws IOException, InterruptedException {
    SampleArguments samples = new SampleArguments(schema);
    for (JsonValue each : ((JsonArray) schema).items()) {
      JsonObject entity = (JsonObject) each;
      String name = entity.text("name").orElseThrow();
      boolean command = entity.text("meta-type").equals(Optional.of("command"));
      if (command && !UNSAFE.contains(name)) {
        JsonObject probe = samples.object(entity.text("arg-type").orElseThrow());
        if (probe.size() > 0 || !isQuestion(name)) {
          probe(name, probe, out);
        }
      }
    }
  }

  private static boolean isQuestion(String command) {
    return command.startsWith("query-") || command.startsWith("x-query-");
  }

  private void probe(String command, JsonObject probe, RecordingFile out)
      throws IOException, InterruptedException {
    try (LiveQemu qemu = LiveQemu.start(program, arguments)) {
      String reply = qemu.ask(command, probe);
      boolean tells = probe.size() > 0 || LiveQemu.failed(reply);
      if (tells && qemu.takeEvents().isEmpty()) {
        out.add(command, reply);
      }
    } catch (IOException crashed) {
      out.add(command + " crashes", "");
    }
  }
}
