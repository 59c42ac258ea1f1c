package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.json.JsonObject;

/**
 * Plugs each device model into a paused guest and records what it brings: its objects, its lines in
 * {@code info qtree}, or the refusal. The identifier is always {@code d0}.
 */
final class DeviceRecorder {
  private static final String ROOT = "/machine/peripheral/d0";

  private final Path program;
  private final String[] arguments;

  DeviceRecorder(Path program, String... arguments) {
    this.program = program;
    this.arguments = arguments.clone();
  }

  void record(String model, RecordingFile out) throws IOException, InterruptedException {
    try (LiveQemu qemu = LiveQemu.start(program, arguments)) {
      String before = qemu.human("info qtree");
      String reply = qemu.ask("device_add", JsonObject.of("driver", model).with("id", "d0"));
      if (!LiveQemu.failed(reply)) {
        snapshot(model, qemu, before, out);
        return;
      }
      out.add(model + " hot", TreeRecorder.description(reply));
    }
    cold(model, out);
  }

  private void cold(String model, RecordingFile out) throws IOException, InterruptedException {
    String[] extended = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    extended[arguments.length] = "-device";
    extended[arguments.length + 1] = model + ",id=d0";
    String before;
    try (LiveQemu qemu = LiveQemu.start(program, arguments)) {
      before = qemu.human("info qtree");
    }
    try (LiveQemu qemu = LiveQemu.start(program, extended)) {
      snapshot(model, qemu, before, out);
    } catch (IOException refused) {
      out.add(model + " cold", "");
    }
  }

  private static void snapshot(String model, LiveQemu qemu, String before, RecordingFile out)
      throws IOException {
    StringBuilder tree = new StringBuilder();
    Map<String, String> objects = new TreeRecorder(qemu, Set.of()).walk(ROOT);
    objects.forEach(
        (path, text) ->
            tree.append("# ").append(path.substring(ROOT.length())).append('\n').append(text));
    out.add(model, tree.toString());
    out.add(model + " qtree", added(before, qemu.human("info qtree")));
  }

  /** Returns the lines of {@code after} that {@code before} lacks; they are in one place. */
  static String added(String before, String after) {
    String[] old = before.split("\n", -1);
    String[] now = after.split("\n", -1);
    int same = 0;
    while (same < old.length && old[same].equals(now[same])) {
      same++;
    }
    StringBuilder lines = new StringBuilder();
    for (int i = same; i < same + now.length - old.length; i++) {
      lines.append(now[i]).append('\n');
    }
    return lines.toString();
  }
}
