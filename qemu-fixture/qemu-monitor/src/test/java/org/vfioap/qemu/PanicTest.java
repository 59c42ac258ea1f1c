package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.vfio.DescribedHost;

/**
 * A guest without an operating system finds nothing to boot and panics; what happens then is for
 * {@code -action} to say.
 */
class PanicTest {
  private static QemuMonitor start(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-machine", "s390-ccw-virtio", "-S"));
    arguments.addAll(List.of(more));
    return QemuMonitor.start(DescribedHost.parse("{}"), arguments.toArray(String[]::new));
  }

  private static String panic(QmpClient client) throws Exception {
    return client.awaitEvent("GUEST_PANICKED").data().toString();
  }

  @Test
  void endsTheProcessUnlessToldOtherwise() throws Exception {
    try (QemuMonitor qemu = start();
        QmpClient client = qemu.connect()) {
      client.execute("cont");
      assertThat(panic(client)).contains("\"action\": \"poweroff\"");
      client.awaitEvent("STOP");
      assertThat(client.awaitEvent("SHUTDOWN").data())
          .hasToString("{\"guest\": true, \"reason\": \"guest-panic\"}");
    }
  }

  @Test
  void pausesWhereAShutdownPauses() throws Exception {
    try (QemuMonitor qemu = start("-no-shutdown");
        QmpClient client = qemu.connect()) {
      client.execute("cont");
      assertThat(panic(client))
          .isEqualTo(
              "{\"action\": \"pause\", \"info\": {\"core\": 0, \"psw-addr\": 0,"
                  + " \"reason\": \"disabled-wait\", \"psw-mask\": 562956395872256,"
                  + " \"type\": \"s390\"}}");
      client.awaitEvent("STOP");
      assertThat(client.execute("query-status").toString()).contains("guest-panicked");
    }
  }

  @Test
  void runsOnWherePanicsAreIgnored() throws Exception {
    try (QemuMonitor qemu = start("-action", "panic=none");
        QmpClient client = qemu.connect()) {
      client.execute("cont");
      assertThat(panic(client)).contains("\"action\": \"run\"");
      assertThat(client.execute("query-status").toString()).contains("\"running\": true");
    }
  }

  @Test
  void comesAgainAfterAReset() throws Exception {
    try (QemuMonitor qemu = start("-action", "panic=none");
        QmpClient client = qemu.connect()) {
      client.execute("cont");
      panic(client);
      client.execute("system_reset");
      assertThat(panic(client)).contains("\"action\": \"run\"");
    }
  }

  @Test
  void doesNotComeToAGuestWithAKernel(@TempDir Path directory) throws Exception {
    String kernel = Files.write(directory.resolve("kernel"), new byte[8]).toString();
    try (QemuMonitor qemu = start("-kernel", kernel, "-action", "panic=none");
        QmpClient client = qemu.connect()) {
      client.execute("cont");
      client.execute("stop");
      client.execute("set-action", JsonObject.of("shutdown", "pause"));
      client.execute("cont");
      client.execute("system_powerdown");
      client.awaitEvent("SHUTDOWN");
      assertThat(client.execute("query-status").toString()).contains("\"status\": \"shutdown\"");
      assertThat(client.takeEvents()).noneMatch(event -> event.name().equals("GUEST_PANICKED"));
    }
  }
}
