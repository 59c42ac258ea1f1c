package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.json.JsonObject;

/**
 * Creates an object of each kind that users may create and records its properties or the refusal.
 * Mandatory texts are {@code @NAME@}, so that a refusal shows which of them it quotes.
 */
final class ObjectRecorder {
  private static final String PATH = "/objects/o0";
  private static final Pattern MISSING =
      Pattern.compile("Parameter '([^']+)' is missing|'([^']+)' property is not set");

  private final Path program;
  private final String[] arguments;

  ObjectRecorder(Path program, String... arguments) {
    this.program = program;
    this.arguments = arguments.clone();
  }

  void record(String type, RecordingFile out) throws IOException, InterruptedException {
    try (LiveQemu qemu = LiveQemu.start(program, arguments)) {
      JsonObject options = JsonObject.of("qom-type", type).with("id", "o0");
      String reply = qemu.ask("object-add", options);
      Matcher missing = MISSING.matcher(reply);
      while (missing.find()) {
        String name = missing.group(missing.group(1) == null ? 2 : 1);
        reply = qemu.ask("object-add", filled(options, name));
        missing = MISSING.matcher(reply);
      }
      if (LiveQemu.failed(reply)) {
        out.add(type + " refused", TreeRecorder.description(reply));
        return;
      }
      Map<String, String> objects = new TreeRecorder(qemu, Set.of()).walk(PATH);
      StringBuilder tree = new StringBuilder();
      objects.forEach(
          (path, text) ->
              tree.append("# ").append(path.substring(PATH.length())).append('\n').append(text));
      out.add(type, tree.toString());
    } catch (IOException crashed) {
      out.add(type + " refused", "");
    }
  }

  private static JsonObject filled(JsonObject options, String name) {
    return switch (name) {
      case "size" -> options.with(name, 1 << 20);
      case "serial", "interval" -> options.with(name, 1);
      default -> options.with(name, "@" + name + "@");
    };
  }
}
