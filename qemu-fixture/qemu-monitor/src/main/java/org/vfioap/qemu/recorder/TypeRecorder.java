package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;

/** Records all types in QEMU's order, who implements which interface, and their properties. */
final class TypeRecorder implements AutoCloseable {
  private final Path program;
  private final String[] arguments;
  private final Map<String, String> parents = new HashMap<>();
  private LiveQemu qemu;

  TypeRecorder(Path program, String... arguments) throws IOException, InterruptedException {
    this.program = program;
    this.arguments = arguments.clone();
    this.qemu = LiveQemu.start(program, arguments);
  }

  void record(RecordingFile types, RecordingFile properties)
      throws IOException, InterruptedException {
    List<JsonObject> all = list(JsonObject.empty().with("abstract", true));
    types.add("types", all.stream().map(this::line).collect(Collectors.joining("\n")));
    for (JsonObject type : all) {
      String name = name(type);
      if (isInterface(name)) {
        JsonObject arguments = JsonObject.of("implements", name).with("abstract", true);
        types.add("implements " + name, names(list(arguments)));
      }
      recordProperties(name, properties);
    }
  }

  /**
   * Records a type's properties; some types make QEMU 7.2 itself fail an assertion and have none.
   */
  private void recordProperties(String type, RecordingFile properties)
      throws IOException, InterruptedException {
    JsonObject arguments = JsonObject.of("typename", type);
    try {
      properties.add("device " + type, qemu.ask("device-list-properties", arguments));
      properties.add("object " + type, qemu.ask("qom-list-properties", arguments));
    } catch (IOException crashed) {
      qemu.close();
      qemu = LiveQemu.start(program, this.arguments);
    }
  }

  @Override
  public void close() throws IOException {
    qemu.close();
  }

  private boolean isInterface(String name) {
    String type = name;
    while (parents.containsKey(type)) {
      type = parents.get(type);
    }
    return type.equals("interface");
  }

  private List<JsonObject> list(JsonObject arguments) throws IOException {
    return ((JsonArray) LiveQemu.result(qemu.ask("qom-list-types", arguments)))
        .items().stream().map(v -> (JsonObject) v).toList();
  }

  private static String names(List<JsonObject> types) {
    return types.stream().map(TypeRecorder::name).collect(Collectors.joining("\n"));
  }

  private String line(JsonObject type) {
    String parent = type.text("parent").orElse("");
    if (!parent.isEmpty()) {
      parents.put(name(type), parent);
    }
    return name(type) + "\t" + parent + (type.has("abstract") ? "\tabstract" : "");
  }

  private static String name(JsonObject type) {
    return type.text("name").orElseThrow();
  }
}
