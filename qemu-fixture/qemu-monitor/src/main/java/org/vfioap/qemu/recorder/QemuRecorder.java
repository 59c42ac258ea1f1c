package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;

/**
 * Records a real qemu-system-s390x into a directory of files that the emulator answers from.
 *
 * <p>The program must be a 64-bit x86 build of QEMU 7.2 or newer with relative relocations, as
 * distributions ship it: the argument types of the human monitor and the CPU models are read from
 * its tables, since it never prints them.
 */
public final class QemuRecorder {
  private static final String[] BARE = {
    "-accel", "tcg", "-nodefaults", "-display", "none", "-S", "-machine"
  };
  private static final Set<String> COMPUTED =
      Set.of(
          "query-chardev",
          "query-cpus-fast",
          "info chardev",
          "info cpus",
          "info mtree",
          "info trace-events");
  private static final String DEFAULT_MACHINE = "s390-ccw-virtio";

  private final Path program;
  private final Path directory;

  private QemuRecorder(Path program, Path directory) {
    this.program = program;
    this.directory = directory;
  }

  /**
   * Asks {@code program} everything and writes the files into {@code directory}.
   *
   * @param image the file that the tables are read from: {@code program}, or what it starts
   * @throws IOException if the program does not run or a file cannot be written
   */
  public static void record(Path program, Path image, Path directory)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    QemuRecorder recorder = new QemuRecorder(program, directory);
    recorder.tables(image);
    recorder.texts();
    recorder.types();
    recorder.machines();
    recorder.devices();
    recorder.dependencies();
  }

  private void tables(Path file) throws IOException, InterruptedException {
    ProgramImage image = ProgramImage.read(file.toRealPath());
    RecordingFile cpu = new RecordingFile();
    new CpuTables(image).record(cpu);
    write("cpu", cpu);
    RecordingFile human = new RecordingFile();
    try (LiveQemu qemu = start(DEFAULT_MACHINE)) {
      new HumanCommandTables(image).record(qemu, human);
    }
    write("hmp", human);
  }

  private void texts() throws IOException, InterruptedException {
    RecordingFile texts = new RecordingFile();
    RecordingFile events = new RecordingFile();
    TextRecorder recorder = new TextRecorder(program);
    recorder.record(texts);
    recorder.recordEvents(events);
    write("cli", texts);
    write("trace", events);
  }

  private void types() throws IOException, InterruptedException {
    RecordingFile types = new RecordingFile();
    RecordingFile properties = new RecordingFile();
    try (LiveQemu qemu = start(DEFAULT_MACHINE)) {
      about(qemu);
      String schema = qemu.ask("query-qmp-schema");
      RecordingFile full = new RecordingFile();
      full.add("query-qmp-schema", schema);
      write("schema", full);
      commands(qemu, LiveQemu.result(schema));
      RecordingFile probes = new RecordingFile();
      new ProbeRecorder(program, arguments(DEFAULT_MACHINE))
          .record(LiveQemu.result(schema), probes);
      new HumanProbeRecorder(program, arguments(DEFAULT_MACHINE))
          .record(table("hmp", "commands"), table("hmp", "info"), probes);
      write("probes", probes);
    }
    try (TypeRecorder recorder = new TypeRecorder(program, arguments(DEFAULT_MACHINE))) {
      recorder.record(types, properties);
    }
    write("types", types);
    write("properties", properties);
  }

  private void commands(LiveQemu qemu, JsonValue schema) throws IOException {
    SampleArguments samples = new SampleArguments(schema);
    Map<String, String> integers = new IntegerRecorder(qemu, samples).measure(schema);
    RecordingFile commands = new RecordingFile();
    new SchemaRecorder(schema, integers).record(commands);
    write("commands", commands);
  }

  private void about(LiveQemu qemu) throws IOException {
    JsonObject version = (JsonObject) LiveQemu.result(qemu.ask("query-version"));
    JsonObject numbers = (JsonObject) version.get("qemu").orElseThrow();
    RecordingFile about = new RecordingFile();
    about.add(
        "version",
        String.join(
            ".", member(numbers, "major"), member(numbers, "minor"), member(numbers, "micro")));
    about.add("package", version.text("package").orElse(""));
    about.add("program", program.getFileName().toString());
    about.add("date", LocalDate.now(ZoneOffset.UTC).toString());
    write("about", about);
  }

  private static String member(JsonObject object, String name) {
    return object.get(name).orElseThrow().toString();
  }

  private void machines() throws IOException, InterruptedException {
    Map<String, String> standard = machine(DEFAULT_MACHINE, Map.of());
    for (String machine : machineNames()) {
      machine(machine, standard);
    }
  }

  /**
   * Records one machine; what {@code standard} has alike is left out, except the few objects of a
   * process without a machine.
   */
  private Map<String, String> machine(String name, Map<String, String> standard)
      throws IOException, InterruptedException {
    RecordingFile out = new RecordingFile();
    Map<String, String> all;
    try (LiveQemu qemu = start(name)) {
      // Some questions create the container for users' objects, so the tree comes first.
      all = new java.util.LinkedHashMap<>(new TreeRecorder(qemu, features()).walk("/"));
      RecordingFile replies = new RecordingFile();
      new ReplyRecorder(qemu).record(names("info"), replies);
      all.putAll(replies.texts());
    }
    all.forEach(
        (key, text) -> {
          boolean computed =
              key.startsWith("/chardevs/")
                  || COMPUTED.contains(key)
                  || (!standard.isEmpty() && key.equals("query-cpu-definitions"));
          boolean alike = text.equals(standard.get(key));
          boolean bare = name.equals("none") && key.startsWith("/");
          if (!computed && (bare || !alike)) {
            out.add(key, text);
          }
        });
    write("machine-" + name, out);
    return all;
  }

  private List<String> machineNames() throws IOException, InterruptedException {
    try (LiveQemu qemu = start("none")) {
      JsonArray machines = (JsonArray) LiveQemu.result(qemu.ask("query-machines"));
      return machines.items().stream()
          .map(machine -> ((JsonObject) machine).text("name").orElseThrow())
          .toList();
    }
  }

  private void devices() throws IOException, InterruptedException {
    RecordingFile out = new RecordingFile();
    DeviceRecorder recorder = new DeviceRecorder(program, arguments(DEFAULT_MACHINE));
    for (String line : Files.readAllLines(directory.resolve("cli.rec"))) {
      if (line.startsWith("name \"") && !line.contains("s390x-cpu")) {
        recorder.record(line.split("\"", 3)[1], out);
      }
    }
    write("devices", out);
    RecordingFile objects = new RecordingFile();
    ObjectRecorder objectRecorder = new ObjectRecorder(program, arguments(DEFAULT_MACHINE));
    for (String type : objectTypes()) {
      objectRecorder.record(type, objects);
    }
    write("objects", objects);
  }

  private List<String> objectTypes() throws IOException {
    return table("cli", "-object help").stream()
        .filter(line -> line.startsWith("  "))
        .map(String::strip)
        .toList();
  }

  private void dependencies() throws IOException, InterruptedException {
    List<String> models = table("cpu", "models");
    String newest = models.get(models.size() - 1).split("\t", 2)[0];
    RecordingFile out = new RecordingFile();
    new DependencyRecorder(program, newest, table("cpu", "features")).record(out);
    write("dependencies", out);
  }

  private Set<String> features() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (String line : Files.readAllLines(directory.resolve("cpu.rec"))) {
      names.add(line.split("\t", 2)[0]);
    }
    return names;
  }

  private List<String> names(String table) throws IOException {
    return table("hmp", table).stream().map(line -> line.split("\t", 2)[0]).toList();
  }

  /** Returns the lines of an entry of a file that was recorded before. */
  private List<String> table(String file, String name) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(directory.resolve(file + ".rec"))) {
      if (line.startsWith("== ")) {
        inside = line.equals("== " + name);
      } else if (inside) {
        lines.add(line);
      }
    }
    return lines;
  }

  private LiveQemu start(String machine) throws IOException, InterruptedException {
    return LiveQemu.start(program, arguments(machine));
  }

  private static String[] arguments(String machine) {
    String[] arguments = java.util.Arrays.copyOf(BARE, BARE.length + 1);
    arguments[BARE.length] = machine;
    return arguments;
  }

  private void write(String name, RecordingFile file) throws IOException {
    file.write(directory.resolve(name + ".rec"));
  }
}
