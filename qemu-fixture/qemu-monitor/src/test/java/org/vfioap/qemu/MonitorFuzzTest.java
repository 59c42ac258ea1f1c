package org.vfioap.qemu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;
import org.vfioap.qemu.wire.LineSocket;

/**
 * Any bytes on any monitor: an answer or silence, and the next command is understood. Not the JSON
 * reader alone but what is behind it.
 */
class MonitorFuzzTest {
  private static final int MESSAGES = Integer.getInteger("vfioap.fuzz.messages", 5_000);
  private static final int BATCH = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long ALLOWED_GROWTH = 64 << 20;
  private static final String HOST =
      "{'groups': [7], 'mdevs': [{'path': '/m/u1', 'iommu_group': '../iommu_groups/7'}]}";

  private final long seed = Long.getLong("vfioap.fuzz.seed", System.nanoTime());
  private final MessageGenerator generator = new MessageGenerator(new Random(seed));

  @TempDir private Path directory;
  private QemuMonitor qemu;

  @BeforeEach
  void start() throws Exception {
    qemu =
        QemuMonitor.start(
            DescribedHost.parse(HOST),
            "-machine",
            "s390-ccw-virtio",
            "-cpu",
            "max",
            "-S",
            "-no-shutdown",
            "-monitor",
            "unix:" + directory.resolve("hmp") + ",server=on,wait=off");
  }

  @AfterEach
  void stop() throws IOException {
    qemu.close();
  }

  @Test
  void machineReadableMonitorAnswersAfterAnyMessages() throws Exception {
    try (LineSocket client = LineSocket.connect(qemu.socket())) {
      client.send("{\"execute\": \"qmp_capabilities\"}\n");
      long before = usedHeap();
      sendAll(client);
      assertThat(usedHeap() - before).as("growth, seed %d", seed).isLessThan(ALLOWED_GROWTH);
    }
  }

  private void sendAll(LineSocket client) throws IOException {
    for (int sent = 0; sent < MESSAGES; sent += BATCH) {
      for (int i = 0; i < BATCH; i++) {
        client.send(generator.message());
      }
      client.send(new byte[] {(byte) 0xFF, '\n'});
      client.send("{\"execute\": \"query-version\", \"id\": \"sync " + sent + "\"}\n");
      qemu.journal().clear();
      awaitSync(client, "\"sync " + sent + "\"", sent);
    }
  }

  private void awaitSync(LineSocket client, String mark, int sent) throws IOException {
    while (true) {
      Optional<String> line = client.receive(PATIENCE);
      assertThat(line).as("answer, seed %d, message %d", seed, sent).isPresent();
      assertThat(line.get())
          .as("seed %d", seed)
          .startsWith("{")
          .endsWith("}")
          .doesNotContain(QemuError.MISTAKE);
      if (line.get().contains(mark) && line.get().startsWith("{\"return\"")) {
        return;
      }
    }
  }

  @Test
  void humanMonitorAnswersAfterAnyLines() throws Exception {
    try (LineSocket client = LineSocket.connect(directory.resolve("hmp"))) {
      typeAll(client);
    }
  }

  private void typeAll(LineSocket client) throws IOException {
    for (int sent = 0; sent < MESSAGES / 4; sent += BATCH) {
      for (int i = 0; i < BATCH; i++) {
        client.send(generator.line());
      }
      String mark = "nosuch" + sent;
      client.send("\n\n\n" + mark + "\n");
      Optional<String> line = client.receive(PATIENCE);
      while (line.isPresent() && !line.get().contains("unknown command: '" + mark + "'")) {
        assertThat(line.get()).as("seed %d", seed).doesNotContain(QemuError.MISTAKE);
        line = client.receive(PATIENCE);
      }
      assertThat(line).as("answer, seed %d, line %d", seed, sent).isPresent();
    }
  }

  @Test
  void nothingIsWrittenBesidesTheSockets() throws Exception {
    try (LineSocket client = LineSocket.connect(qemu.socket())) {
      client.send("garbage\n".getBytes(UTF_8));
      client.receive();
    }
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
