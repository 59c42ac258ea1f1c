package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.wire.LineSocket;

/** A real QEMU that runs for a recording. */
final class LiveQemu implements AutoCloseable {
  private final Process process;
  private final Path directory;
  private final LineSocket socket;
  private final List<String> events = new ArrayList<>();

  private LiveQemu(Process process, Path directory, LineSocket socket) {
    this.process = process;
    this.directory = directory;
    this.socket = socket;
  }

  static LiveQemu start(Path program, String... arguments)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("record");
    Path path = directory.resolve("qmp");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("-qmp", "unix:" + path + ",server=on,wait=off"));
    Process process = quiet(command, directory).start();
    try {
      LiveQemu qemu = new LiveQemu(process, directory, connect(process, path));
      qemu.negotiate();
      return qemu;
    } catch (IOException refused) {
      process.destroyForcibly();
      delete(directory);
      throw refused;
    }
  }

  private static ProcessBuilder quiet(List<String> command, Path directory) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static LineSocket connect(Process process, Path path)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return LineSocket.connect(path);
      } catch (IOException notYet) {
        if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
          throw new IOException("QEMU ended with status " + process.exitValue(), notYet);
        }
      }
    }
  }

  private void negotiate() throws IOException {
    socket.receive();
    socket.send("{\"execute\": \"qmp_capabilities\"}\n");
    while (!socket.receive().startsWith("{\"return\"")) {
      events.clear();
    }
  }

  /**
   * Returns the answer to a command as QEMU wrote it: {@code {"return": …}} or {@code {"error":
   * …}}.
   */
  String ask(String command, JsonObject arguments) throws IOException {
    return send(JsonObject.of("execute", command).with("arguments", arguments));
  }

  String ask(String command) throws IOException {
    return ask(command, JsonObject.empty());
  }

  String send(JsonObject message) throws IOException {
    socket.send(message.toJson() + "\n");
    while (true) {
      String line = socket.receive();
      if (!line.startsWith("{\"timestamp\"")) {
        return line;
      }
      events.add(line);
    }
  }

  /** Returns the text that the human monitor prints. */
  String human(String line) throws IOException {
    JsonValue text = result(ask("human-monitor-command", JsonObject.of("command-line", line)));
    return text instanceof JsonString string ? string.text().replace("\r\n", "\n") : "";
  }

  /** Returns the events that came so far, and forgets them. */
  List<String> takeEvents() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** Returns what a reply carries: the value of {@code return}, or the error object. */
  static JsonValue result(String reply) {
    JsonObject object = (JsonObject) parse(reply);
    return object.get("return").or(() -> object.get("error")).orElseThrow();
  }

  static boolean failed(String reply) {
    return reply.startsWith("{\"error\"");
  }

  /** Returns the value of {@code return} as QEMU wrote it. */
  static String returned(String reply) {
    return reply.substring("{\"return\": ".length(), reply.length() - 1);
  }

  static JsonValue parse(String json) {
    try {
      return JsonReader.parse(json);
    } catch (JsonSyntaxException broken) {
      throw new IllegalArgumentException("not JSON: " + json, broken);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroyForcibly();
    delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
