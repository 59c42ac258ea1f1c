package org.vfioap.qemu.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vfioap.qemu.wire.LineSocket;

/** The JDK's archive of loaded classes, which halves the time to the greeting. */
final class ClassArchive {
  private static final int PATIENCE_SECONDS = 10;
  private static final String[] SESSION = {
    "{\"execute\": \"qmp_capabilities\"}",
    "{\"execute\": \"query-status\"}",
    "{\"execute\": \"nosuch\"}",
    "{\"execute\": ]",
    "{\"execute\": \"qom-list\", \"arguments\": {\"path\": \"/machine\"}}",
    "{\"execute\": \"device_add\", \"arguments\": {\"driver\": \"virtio-rng-ccw\", \"id\": \"r\"}}",
    "{\"execute\": \"device_del\", \"arguments\": {\"id\": \"r\"}}",
    "{\"execute\": \"query-cpu-model-expansion\", \"arguments\": {\"type\": \"static\", \"model\":"
        + " {\"name\": \"z14\"}}}",
    "{\"execute\": \"human-monitor-command\", \"arguments\": {\"command-line\": \"info status\"}}",
    "{\"execute\": \"quit\"}"
  };

  private ClassArchive() {}

  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Runs one session to see which classes it loads, then writes them to {@code archive}. */
  static void build(Path program, Path jar, Path archive) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("archive");
    Path list = directory.resolve("classes");
    Path socket = directory.resolve("qmp");
    Process emulator =
        start(
            "-Xshare:auto",
            "-XX:DumpLoadedClassList=" + list,
            "-jar",
            jar.toString(),
            program.toString(),
            "-machine",
            "s390-ccw-virtio",
            "-accel",
            "tcg",
            "-nodefaults",
            "-display",
            "none",
            "-S",
            "-qmp",
            "unix:" + socket + ",server=on,wait=off",
            "-monitor",
            "unix:" + directory.resolve("hmp") + ",server=on,wait=off");
    talk(emulator, socket);
    if (!emulator.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      emulator.destroyForcibly().waitFor();
    }
    start(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + list,
            "-XX:SharedArchiveFile=" + archive,
            "-XX:+UseSerialGC",
            "-cp",
            jar.toString())
        .waitFor();
    Files.deleteIfExists(list);
    Files.deleteIfExists(directory);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(java().toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static void talk(Process emulator, Path socket) throws IOException, InterruptedException {
    try (LineSocket client = connect(emulator, socket)) {
      client.receive();
      for (String line : SESSION) {
        client.send(line + "\n");
        String answer = client.receive();
        while (answer.startsWith("{\"timestamp\"")) {
          answer = client.receive();
        }
      }
    }
  }

  private static LineSocket connect(Process emulator, Path socket)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return LineSocket.connect(socket);
      } catch (IOException notYet) {
        if (emulator.waitFor(10, TimeUnit.MILLISECONDS)) {
          throw new IOException("the emulator ended with " + emulator.exitValue(), notYet);
        }
      }
    }
  }
}
