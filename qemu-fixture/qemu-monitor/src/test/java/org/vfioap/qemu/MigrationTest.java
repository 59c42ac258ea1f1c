package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.client.QmpEvent;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;

/**
 * A guest moves from one emulated QEMU to another. What is expected, event for event, is what two
 * processes of Debian's qemu-system-s390x 7.2.22 said in the same conversation.
 */
class MigrationTest {
  private static final String HOST =
      "{'groups': [7], 'mdevs': [{'path': '/m/u1', 'iommu_group': '../iommu_groups/7'}]}";
  private static final String PAUSE = "pause-before-switchover";

  @TempDir private Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private Side start(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-machine", "s390-ccw-virtio", "-cpu", "max"));
    all.addAll(
        List.of("-kernel", Files.write(directory.resolve("kernel"), new byte[8]).toString()));
    all.addAll(List.of(arguments));
    QemuMonitor qemu = QemuMonitor.start(DescribedHost.parse(HOST), all.toArray(String[]::new));
    open.add(qemu);
    QmpClient client = qemu.connect();
    open.add(client);
    return new Side(qemu, client);
  }

  private String uri() {
    return "unix:" + directory.resolve("m");
  }

  private Side target(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-incoming", uri()));
    Side target = start(all.toArray(String[]::new));
    target.enable("events");
    return target;
  }

  @Test
  void runningGuestMovesAndRunsThere() throws Exception {
    Side target = target();
    Side source = start("-S");
    source.enable("events");
    source.client.execute("cont");
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    assertThat(source.eventsUntil("completed"))
        .containsExactly("RESUME", "setup", "pass 1", "active", "STOP", "pass 2", "completed");
    assertThat(target.eventsUntil("completed")).containsExactly("active", "RESUME", "completed");
    assertThat(source.status()).isEqualTo("postmigrate");
    assertThat(target.status()).isEqualTo("running");
    assertThat(source.query()).contains("\"transferred\": 360449", "\"duplicate\": 32752");
    assertThat(target.query()).isEqualTo("{\"status\": \"completed\"}");
  }

  @Test
  void targetThatIsToWaitIsPaused() throws Exception {
    Side target = target("-S");
    Side source = start();
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    target.eventsUntil("completed");
    assertThat(target.status()).isEqualTo("paused");
    target.client.execute("cont");
    assertThat(target.status()).isEqualTo("running");
  }

  @Test
  void pausesBeforeTheSwitchOver() throws Exception {
    Side target = target("-S");
    Side source = start("-S");
    source.enable("events", PAUSE);
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    assertThat(source.eventsUntil("pre-switchover"))
        .containsExactly("setup", "pass 1", "active", "pre-switchover");
    assertThat(source.status()).isEqualTo("finish-migrate");
    assertThat(source.refusal("cont", JsonObject.empty()))
        .isEqualTo("Migration is not finalized yet");
    assertThat(source.refusal("device_add", JsonObject.of("driver", "virtio-rng-ccw")))
        .isEqualTo("device_add not allowed while migrating");
    source.client.execute("migrate-continue", JsonObject.of("state", "pre-switchover"));
    assertThat(source.eventsUntil("completed")).containsExactly("device", "pass 2", "completed");
    target.eventsUntil("completed");
    assertThat(target.status()).isEqualTo("prelaunch");
  }

  @Test
  void cancelledMigrationLetsTheGuestRunOn() throws Exception {
    Side target = target("-S");
    Side source = start();
    source.enable("events", PAUSE);
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    source.eventsUntil("pre-switchover");
    source.client.execute("migrate_cancel");
    assertThat(source.eventsUntil("cancelled"))
        .containsExactly("cancelling", "RESUME", "cancelled");
    assertThat(source.status()).isEqualTo("running");
    assertThat(target.eventsUntil("failed")).containsExactly("active", "failed");
    assertThat(target.qemu.stderr()).contains("load of migration failed: Invalid argument\n");
  }

  private Side sendingSlowly() throws Exception {
    Side source = start();
    source.enable("events");
    source.limit(5000);
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    source.eventsUntil("active");
    return source;
  }

  /** The stream of 128 MiB has 360 KB: more than may go in a minute, until it may go at once. */
  @Test
  void sendsNoFasterThanTheBandwidthAllowsUntilThatIsRaised() throws Exception {
    Side target = target("-S");
    Side source = sendingSlowly();
    assertThat(source.query())
        .contains("\"status\": \"active\"", "\"dirty-sync-count\": 1", "\"normal\": 0")
        .doesNotContain("\"transferred\": 360449", "\"remaining\": 0,");
    source.limit(1L << 30);
    assertThat(source.eventsUntil("completed")).containsExactly("STOP", "pass 2", "completed");
    target.eventsUntil("completed");
    assertThat(source.query()).contains("\"transferred\": 360449", "\"remaining\": 0,");
  }

  @Test
  void targetThatDiesWhileMemoryIsSentLeavesTheGuestRunning() throws Exception {
    Side target = target("-S");
    Side source = sendingSlowly();
    target.client.execute("quit");
    target.qemu.close();
    assertThat(source.eventsUntil("failed")).containsExactly("failed");
    assertThat(source.query())
        .isEqualTo(
            "{\"status\": \"failed\", \"error-desc\":"
                + " \"Unable to write to socket: Broken pipe\"}");
    assertThat(source.status()).isEqualTo("running");
  }

  @Test
  void targetThatDiesLeavesTheGuestRunning() throws Exception {
    Side target = target("-S");
    Side source = start();
    source.enable("events", PAUSE);
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    source.eventsUntil("pre-switchover");
    target.client.execute("quit");
    target.qemu.close();
    source.client.execute("migrate-continue", JsonObject.of("state", "pre-switchover"));
    assertThat(source.eventsUntil("failed"))
        .containsExactly("device", "pass 2", "RESUME", "failed");
    assertThat(source.status()).isEqualTo("running");
  }

  @Test
  void sourceThatWaitsForAnAnswerKeepsAGuestThatWasNotTaken() throws Exception {
    Side target = target();
    Side source = start("-device", "virtio-rng-ccw");
    source.enable("events", "return-path");
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    assertThat(source.eventsUntil("failed"))
        .containsExactly("setup", "pass 1", "active", "STOP", "pass 2", "RESUME", "failed");
    target.eventsUntil("failed");
    assertThat(source.status()).isEqualTo("running");
  }

  @Test
  void refusesAnotherMachine() throws Exception {
    Side target = target("-m", "64");
    Side source = start("-S", "-m", "128");
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    assertThat(target.eventsUntil("failed")).containsExactly("active", "failed");
    assertThat(target.qemu.stderr())
        .contains("Size mismatch: s390.ram: 0x8000000 != 0x4000000: Invalid argument\n");
    assertThat(source.status()).isIn("prelaunch", "finish-migrate", "postmigrate");
  }

  @Test
  void refusesADeviceThatIsMissingThere() throws Exception {
    Side target = target();
    Side source = start("-S", "-device", "virtio-rng-ccw");
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    target.eventsUntil("failed");
    assertThat(target.qemu.stderr())
        .contains("Unknown savevm section or instance '/fe.0.0000/virtio-rng' 0. Make sure");
  }

  @Test
  void nobodyListening() throws Exception {
    Side source = start();
    source.enable("events");
    source.client.execute("migrate", JsonObject.of("uri", uri()));
    assertThat(source.eventsUntil("failed")).containsExactly("setup", "failed");
    assertThat(source.query())
        .isEqualTo(
            "{\"status\": \"failed\", \"error-desc\": \"Failed to connect to '"
                + directory.resolve("m")
                + "': No such file or directory\"}");
    assertThat(source.status()).isEqualTo("running");
  }

  @Test
  void savesThroughACommandAndRestores() throws Exception {
    Side source = start();
    source.enable("events");
    Path file = directory.resolve("saved");
    source.client.execute("migrate", JsonObject.of("uri", "exec:cat > " + file));
    source.eventsUntil("completed");
    source.client.execute("quit");
    Side restored = start("-S", "-incoming", "defer");
    restored.enable("events");
    restored.client.execute("migrate-incoming", JsonObject.of("uri", "exec:cat " + file));
    assertThat(restored.eventsUntil("completed")).containsExactly("setup", "active", "completed");
    assertThat(restored.status()).isEqualTo("paused");
  }

  @Test
  void deviceOfTheHostBlocks() throws Exception {
    Side source = start("-device", "vfio-ap,id=hostdev0,sysfsdev=/m/u1");
    assertThat(source.refusal("migrate", JsonObject.of("uri", uri())))
        .isEqualTo("State blocked by non-migratable device '/1/vfio-ap'");
    source.client.execute("device_del", JsonObject.of("id", "hostdev0"));
    assertThat(source.query()).isEqualTo("{}");
  }

  private record Side(QemuMonitor qemu, QmpClient client) {
    void enable(String... names) throws IOException, QemuError {
      List<JsonObject> list = new ArrayList<>();
      for (String name : names) {
        list.add(JsonObject.of("capability", name).with("state", true));
      }
      client.execute("migrate-set-capabilities", JsonObject.of("capabilities", JsonArray.of(list)));
    }

    /** Allows that many bytes in a second. */
    void limit(long bytes) throws IOException, QemuError {
      JsonObject bandwidth = JsonObject.empty().with("max-bandwidth", bytes);
      client.execute("migrate-set-parameters", bandwidth);
    }

    /** Returns the events up to a state of the migration, which is called by its status. */
    List<String> eventsUntil(String status) throws IOException {
      List<String> names = new ArrayList<>();
      while (names.isEmpty() || !names.get(names.size() - 1).equals(status)) {
        QmpEvent event = client.nextEvent();
        String pass = event.data().get("pass").map(number -> "pass " + number).orElse("");
        names.add(event.data().text("status").orElse(pass.isEmpty() ? event.name() : pass));
      }
      return names;
    }

    String status() throws IOException, QemuError {
      JsonObject answer = (JsonObject) client.execute("query-status");
      return answer.text("status").orElse("");
    }

    String query() throws IOException, QemuError {
      return client.execute("query-migrate").toJson();
    }

    String refusal(String command, JsonObject arguments) {
      return assertThatExceptionOfType(QemuError.class)
          .isThrownBy(() -> client.execute(command, arguments))
          .actual()
          .text();
    }
  }
}
