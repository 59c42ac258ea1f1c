package org.vfioap.qemu.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.recording.Recording;

/** The emulator and the installed QEMU get the same random bytes and say the same. */
@Tag("long")
class DifferentialFuzzTest {
  private static final int MESSAGES = 3000;
  private static final String ALPHABET = "{}[]:,\"'\\u0019.eE+-truefalsnxyz \t\u00e9";

  private final long seed = Long.getLong("vfioap.fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<String> models = names("models");
  private final List<String> features = new ArrayList<>(names("features"));

  @TempDir Path directory;

  private static List<String> names(String table) {
    return Recording.named("cpu").lines(table).stream()
        .map(line -> line.split("\t", 2)[0])
        .toList();
  }

  @BeforeEach
  void isTheRecordedVersion() throws Exception {
    features.addAll(names("groups"));
    assumeTrue(
        RealQemu.version().contains(QemuVersion.current().distributor()),
        "needs QEMU of " + QemuVersion.current().distributor() + " at " + RealQemu.PATH);
  }

  @Test
  void bothAnswerGarbageAlike() throws Exception {
    compare(this::garbage);
  }

  @Test
  void bothKnowTheSameCpuModels() throws Exception {
    compare(this::question);
  }

  private void compare(Messages messages) throws IOException, InterruptedException {
    Path real = Files.createDirectory(directory.resolve("r"));
    Path ours = Files.createDirectory(directory.resolve("o"));
    try (Program qemu = RealQemu.start(arguments(real), real);
        Program emulator = Emulator.start(arguments(ours), Optional.empty(), Duration.ZERO);
        Channel qemuSide = connect(qemu, real);
        Channel emulatorSide = connect(emulator, ours)) {
      for (int i = 0; i < MESSAGES; i++) {
        String message = messages.next();
        String sync = "\n{\"execute\": \"query-kvm\", \"id\": \"sync\"}\n";
        List<String> expected = answers(qemuSide, message, sync);
        assertThat(answers(emulatorSide, message, sync))
            .as("seed %d, message %d: %s", seed, i, message)
            .isEqualTo(expected);
      }
    }
  }

  private static List<String> arguments(Path directory) {
    return List.of(
        "-machine",
        "s390-ccw-virtio",
        "-accel",
        "tcg",
        "-nodefaults",
        "-display",
        "none",
        "-S",
        "-qmp",
        "unix:" + directory + "/q,server=on,wait=off");
  }

  private static Channel connect(Program program, Path directory)
      throws IOException, InterruptedException {
    Path socket = directory.resolve("q");
    while (!Files.exists(socket)) {
      program.pause(20);
    }
    Channel channel = Channel.connect(socket);
    channel.line();
    channel.send("{\"execute\": \"qmp_capabilities\"}\n".getBytes(UTF_8));
    channel.line();
    return channel;
  }

  private static List<String> answers(Channel channel, String message, String sync)
      throws IOException {
    channel.send(message.getBytes(UTF_8));
    channel.send(new byte[] {(byte) 0xFF});
    channel.send(sync.getBytes(UTF_8));
    List<String> lines = new ArrayList<>();
    String line = channel.line();
    while (!line.isEmpty() && !line.contains("\"sync\"")) {
      lines.add(line);
      line = channel.line();
    }
    lines.add(line);
    return lines;
  }

  private String garbage() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i >= 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private String question() {
    String command = pick(List.of("expansion", "comparison", "baseline"));
    String arguments =
        command.equals("expansion")
            ? "'type': '" + pick(List.of("static", "full")) + "', 'model': " + model()
            : "'modela': " + model() + ", 'modelb': " + model();
    return "{'execute': 'query-cpu-model-" + command + "', 'arguments': {" + arguments + "}}\n";
  }

  private String model() {
    StringBuilder props = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String end = i > 1 ? ", " : "";
      props.append("'" + pick(features) + "': " + random.nextBoolean() + end);
    }
    String name = pick(models) + (random.nextBoolean() ? "-base" : "");
    return "{'name': '" + name + "', 'props': {" + props + "}}";
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Makes messages. */
  private interface Messages {
    String next();
  }
}
