package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    try (LiveQemu qemu = LiveQemu.start(program, extended(DeviceNeed.BACKENDS))) {
      JsonObject device = JsonObject.of("driver", model).with("id", "d0");
      String reply = qemu.ask("device_add", device);
      if (LiveQemu.failed(reply)) {
        reply = supply(model, qemu, device, reply, out);
      }
      if (!LiveQemu.failed(reply)) {
        snapshot(model, qemu, out);
        return;
      }
    }
    cold(model, out);
  }

  /** Gives the device what its refusals ask for, as long as something helps. */
  private static String supply(
      String model, LiveQemu qemu, JsonObject device, String refused, RecordingFile out)
      throws IOException {
    String refusal = TreeRecorder.description(refused);
    String reply = refused;
    String property = "";
    Optional<DeviceNeed> need = DeviceNeed.behind(refusal);
    while (need.isPresent() && LiveQemu.failed(reply)) {
      if (!need.get().property().isEmpty()) {
        property = need.get().property();
        refusal = TreeRecorder.description(reply);
      }
      need.get().meet(qemu, device);
      reply = qemu.ask("device_add", device);
      need = LiveQemu.failed(reply) ? need.get().next(reply) : need;
    }
    if (!property.isEmpty() && !LiveQemu.failed(reply)) {
      out.add(model + " needs", property);
    }
    out.add(model + " hot", refusal);
    return reply;
  }

  private void cold(String model, RecordingFile out) throws IOException, InterruptedException {
    try (LiveQemu qemu = LiveQemu.start(program, extended("-device", model + ",id=d0"))) {
      snapshot(model, qemu, out);
    } catch (IOException refused) {
      out.add(model + " cold", "");
    }
  }

  private String[] extended(String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
  }

  private static void snapshot(String model, LiveQemu qemu, RecordingFile out) throws IOException {
    StringBuilder tree = new StringBuilder();
    Map<String, String> objects = new TreeRecorder(qemu, Set.of()).walk(ROOT);
    objects.forEach(
        (path, text) ->
            tree.append("# ").append(path.substring(ROOT.length())).append('\n').append(text));
    out.add(model, tree.toString());
    out.add(model + " qtree", block(qemu.human("info qtree")));
  }

  /** Returns the lines of {@code tree} that are about the device. */
  static String block(String tree) {
    StringBuilder lines = new StringBuilder();
    int indent = -1;
    for (String line : tree.split("\n", -1)) {
      int depth = line.length() - line.stripLeading().length();
      boolean head = line.contains("dev: ") && line.endsWith(", id \"d0\"");
      if (head) {
        indent = depth;
      }
      if (head || (indent >= 0 && depth > indent)) {
        lines.append(line).append('\n');
      } else if (indent >= 0) {
        break;
      }
    }
    return lines.toString();
  }
}
