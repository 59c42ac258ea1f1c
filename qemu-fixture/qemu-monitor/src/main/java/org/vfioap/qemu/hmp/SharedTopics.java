package org.vfioap.qemu.hmp;

import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What {@code info} prints of a query's answer. Source: hw/core/machine-hmp-cmds.c and
 * monitor/hmp-cmds.c of QEMU 7.2.
 */
final class SharedTopics {
  private final MachineCommands machine;

  SharedTopics(MachineCommands machine) {
    this.machine = machine;
  }

  /** Prints the backends of memory, each property on a line of its own. */
  String memoryBackends() throws QemuError {
    StringBuilder text = new StringBuilder();
    for (JsonValue each : list("query-memdev")) {
      JsonObject backend = (JsonObject) each;
      text.append("memory backend: ").append(backend.text("id").orElse("")).append('\n');
      text.append("  size:  ").append(member(backend, "size")).append('\n');
      for (String flag : new String[] {"merge", "dump", "prealloc", "share", "reserve"}) {
        text.append("  ").append(flag).append(": ").append(member(backend, flag)).append('\n');
      }
      text.append("  policy: ").append(backend.text("policy").orElse("")).append('\n');
      text.append("  host nodes: \n");
    }
    return text.append('\n').toString();
  }

  /** Prints the threads for devices. */
  String ioThreads() throws QemuError {
    StringBuilder text = new StringBuilder();
    for (JsonValue each : list("query-iothreads")) {
      JsonObject thread = (JsonObject) each;
      text.append(thread.text("id").orElse("")).append(":\n");
      text.append("  thread_id=").append(member(thread, "thread-id")).append('\n');
      for (String name :
          new String[] {"poll-max-ns", "poll-grow", "poll-shrink", "aio-max-batch"}) {
        text.append("  ").append(name).append('=').append(member(thread, name)).append('\n');
      }
    }
    return text.toString();
  }

  /** Prints the mice and tablets; a star is before the one that moves. */
  String mice() throws QemuError {
    StringBuilder text = new StringBuilder();
    for (JsonValue each : list("query-mice")) {
      JsonObject mouse = (JsonObject) each;
      text.append(isOn(mouse, "current") ? "* Mouse #" : "  Mouse #");
      text.append(member(mouse, "index")).append(": ").append(mouse.text("name").orElse(""));
      text.append(isOn(mouse, "absolute") ? " (absolute)\n" : "\n");
    }
    return text.isEmpty() ? "No mouse devices connected\n" : text.toString();
  }

  /** Prints what a query of its own answers for people. */
  String readable(String topic) throws QemuError {
    JsonValue answer = parsed(machine.perform("x-query-" + topic, JsonObject.empty()));
    return ((JsonObject) answer).text("human-readable-text").orElse("");
  }

  private Iterable<JsonValue> list(String command) throws QemuError {
    return ((JsonArray) parsed(machine.perform(command, JsonObject.empty()))).items();
  }

  private static JsonValue parsed(JsonValue answer) {
    return answer instanceof JsonText text ? text.parsed() : answer;
  }

  private static boolean isOn(JsonObject object, String name) {
    return object.get(name).filter(JsonBool.TRUE::equals).isPresent();
  }

  private static String member(JsonObject object, String name) {
    return object.get(name).orElseThrow().toJson();
  }
}
