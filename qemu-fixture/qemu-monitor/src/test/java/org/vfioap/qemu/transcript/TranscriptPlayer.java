package org.vfioap.qemu.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;

/** Plays one transcript against an emulator in this process and checks every byte. */
final class TranscriptPlayer implements AutoCloseable {
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "FLOAT",
          "\\d+\\.\\d+",
          "SEC",
          "\\d+",
          "USEC",
          "\\d+",
          "INT",
          "\\d+",
          "HEX",
          "[0-9a-f]+",
          "EXE",
          "[^\n]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z]+)\\}");

  private final Path directory;
  private final Path data;
  private final Program emulator;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private Optional<RandomAccessFile> controls = Optional.empty();

  TranscriptPlayer(Transcript transcript, Path directory, Path data, Program.Launcher launcher)
      throws IOException, InterruptedException {
    this.directory = directory;
    this.data = data;
    Optional<String> host = transcript.start().get("host").map(v -> fill(v.toString()));
    if (host.isPresent()) {
      makeHost((JsonObject) transcript.start().get("host").orElseThrow());
    }
    if (transcript.start().get("files").orElse(null) instanceof JsonObject files) {
      makeFiles(files);
    }
    this.emulator = launcher.start(arguments(transcript), directory, host);
  }

  private List<String> arguments(Transcript transcript) {
    List<String> arguments = new ArrayList<>();
    for (JsonValue each : ((JsonArray) transcript.start().get("args").orElseThrow()).items()) {
      arguments.add(fill(((JsonString) each).text()));
    }
    return arguments;
  }

  private void makeHost(JsonObject host) throws IOException {
    for (JsonValue each : ((JsonArray) host.get("mdevs").orElse(JsonArray.EMPTY)).items()) {
      JsonObject mdev = (JsonObject) each;
      Path path = Path.of(fill(mdev.text("path").orElseThrow()));
      Files.createDirectories(path);
      Optional<String> node = mdev.text("cdev");
      if (node.isPresent()) {
        Path device = Files.createDirectories(path.resolve("vfio-dev").resolve(node.get()));
        Files.writeString(device.resolve("dev"), "1:3\n");
      }
    }
    Optional<String> control = host.text("control");
    if (control.isPresent()) {
      controls = Optional.of(makePipe(fill(control.get())));
    }
  }

  /** Makes a named pipe that stays open, so that nobody waits for its other end. */
  private static RandomAccessFile makePipe(String path) throws IOException {
    Process made = new ProcessBuilder("mkfifo", path).inheritIO().start();
    made.onExit().join();
    return new RandomAccessFile(path, "rw");
  }

  /** A number is the size of a file of zeros, a text what is in it. */
  private void makeFiles(JsonObject files) throws IOException {
    for (Map.Entry<String, JsonValue> each : files.members().entrySet()) {
      Path file = directory.resolve(each.getKey());
      if (each.getValue() instanceof JsonString content) {
        Files.write(file, Base64.getDecoder().decode(content.text()));
      } else {
        try (RandomAccessFile zeros = new RandomAccessFile(file.toFile(), "rw")) {
          zeros.setLength(((JsonNumber.Signed) each.getValue()).value());
        }
      }
    }
  }

  private String fill(String text) {
    return text.replace("${TMP}", directory.toString());
  }

  void play(JsonObject step) throws Exception {
    String first =
        step.members().keySet().stream().filter(KINDS::contains).findFirst().orElseThrow();
    switch (first) {
      case "connect" -> connect(step.text("connect").orElseThrow(), step.text("path"));
      case "prelude" -> prelude((JsonArray) step.get("prelude").orElseThrow());
      case "close" -> leave(step.text("close").orElseThrow());
      case "eof" -> assertThat(channel(step.text("eof")).hasEnded()).isTrue();
      case "quiet_ms" -> assertThat(channel(step.text("from")).drain(20)).isEmpty();
      case "sleep_ms" -> emulator.pause(number(step, "sleep_ms"));
      case "signal" -> emulator.signal(step.text("signal").orElseThrow());
      case "end" -> end((JsonObject) step.get("end").orElseThrow());
      case "recv", "recv_json" -> receive(step);
      case "recv_set" -> receiveAll(step);
      case "host_event" ->
          controls
              .orElseThrow()
              .write((fill(step.text("host_event").orElseThrow()) + "\n").getBytes(UTF_8));
      default -> send(step);
    }
  }

  private static long number(JsonObject step, String name) {
    return ((JsonNumber.Signed) step.get(name).orElseThrow()).value();
  }

  private static final List<String> KINDS =
      List.of(
          "connect",
          "prelude",
          "close",
          "eof",
          "quiet_ms",
          "sleep_ms",
          "signal",
          "end",
          "recv",
          "recv_json",
          "recv_set",
          "host_event",
          "send",
          "send_b64",
          "send_parts",
          "send_repeat");

  private Channel channel(Optional<String> name) {
    return Optional.ofNullable(channels.get(name.orElse("qmp"))).orElseThrow();
  }

  private void connect(String name, Optional<String> path)
      throws IOException, InterruptedException {
    Path socket = Path.of(path.map(this::fill).orElse(directory + "/" + name + ".sock"));
    for (int tries = 0; !Files.exists(socket) && tries < 100; tries++) {
      emulator.pause(20);
    }
    channels.put(name, Channel.connect(socket));
  }

  private void leave(String name) throws IOException {
    channel(Optional.of(name)).close();
    channels.remove(name);
  }

  private void prelude(JsonArray names) throws IOException, InterruptedException {
    for (JsonValue each : names.items()) {
      String name = ((JsonString) each).text();
      connect(name, Optional.empty());
      Channel channel = channel(Optional.of(name));
      assertThat(channel.line()).startsWith("{\"QMP\": ");
      channel.send("{\"execute\":\"qmp_capabilities\"}\n".getBytes(UTF_8));
      assertThat(channel.line()).isEqualTo("{\"return\": {}}\r\n");
    }
  }

  private void send(JsonObject step) throws IOException {
    Channel to = channel(step.text("to"));
    if (step.has("send")) {
      to.send(fill(step.text("send").orElseThrow()).getBytes(UTF_8));
    } else if (step.has("send_b64")) {
      to.send(Base64.getDecoder().decode(step.text("send_b64").orElseThrow()));
    } else if (step.get("send_parts").orElse(JsonArray.EMPTY) instanceof JsonArray parts
        && !parts.items().isEmpty()) {
      for (JsonValue part : parts.items()) {
        to.send(fill(((JsonString) part).text()).getBytes(UTF_8));
      }
    } else {
      List<JsonValue> repeat = ((JsonArray) step.get("send_repeat").orElseThrow()).items();
      String unit = ((JsonString) repeat.get(0)).text();
      int times = (int) ((JsonNumber.Signed) repeat.get(2)).value();
      String text = step.text("head").orElse("") + unit.repeat(times);
      to.send((text + ((JsonString) repeat.get(1)).text()).getBytes(UTF_8));
    }
  }

  private void receive(JsonObject step) throws IOException {
    Channel from = channel(step.text("from"));
    if (step.has("recv_json")) {
      String expected = Files.readString(data.resolve(step.text("recv_json").orElseThrow()));
      assertThat(Canonical.of(from.line())).isEqualTo(Canonical.of(expected));
      return;
    }
    String expected = Transcript.bytes(step.text("recv").orElseThrow());
    Pattern pattern = pattern(expected);
    boolean human = step.text("from").orElse("").startsWith("hmp");
    String got = human ? from.take(pattern) : from.line();
    assertThat(pattern.matcher(got).matches())
        .as("expected %s%ngot      %s", expected, got)
        .isTrue();
  }

  /** Takes the next lines of a channel, in any order. */
  private void receiveAll(JsonObject step) throws IOException {
    Channel from = channel(step.text("from"));
    List<String> left = new ArrayList<>();
    for (JsonValue each : ((JsonArray) step.get("recv_set").orElseThrow()).items()) {
      left.add(Transcript.bytes(((JsonString) each).text()));
    }
    while (!left.isEmpty()) {
      String got = from.line();
      Optional<String> hit =
          left.stream().filter(each -> pattern(each).matcher(got).matches()).findFirst();
      assertThat(hit).as("expected one of %s%ngot      %s", left, got).isPresent();
      left.remove(hit.get());
    }
  }

  private Pattern pattern(String text) {
    StringBuilder regex = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int at = 0;
    while (matcher.find()) {
      regex.append(Pattern.quote(text.substring(at, matcher.start())));
      String name = matcher.group(1);
      String own = name.equals("TMP") ? directory.toString() : Emulator.PROGRAM;
      regex.append(PLACEHOLDERS.getOrDefault(name, Pattern.quote(own)));
      at = matcher.end();
    }
    return Pattern.compile(regex + Pattern.quote(text.substring(at)), Pattern.DOTALL);
  }

  private void end(JsonObject end) throws Exception {
    JsonValue exit = end.get("exit").orElseThrow();
    if (exit instanceof JsonNumber.Signed status) {
      assertThat(emulator.status(10, TimeUnit.SECONDS)).isEqualTo((int) status.value());
    }
    for (Channel channel : channels.values()) {
      assertThat(channel.drain(5)).isEmpty();
    }
    Optional<String> stdout = end.text("stdout");
    if (stdout.isPresent()) {
      assertThat(emulator.out()).matches(pattern(stdout.get()));
    }
    Optional<String> stderr = end.text("stderr");
    if (stderr.isPresent()) {
      assertThat(emulator.err()).matches(pattern(stderr.get()));
    }
  }

  @Override
  public void close() throws IOException {
    for (Channel channel : channels.values()) {
      channel.close();
    }
    if (controls.isPresent()) {
      controls.get().close();
    }
    emulator.close();
  }
}
