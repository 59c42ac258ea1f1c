package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.UnplugFault;
import org.vfioap.qemu.script.EventFault;
import org.vfioap.qemu.script.Fault;
import org.vfioap.qemu.vfio.DescribedHost;

/** A guest with hostdev0: faults that are ordered, and the test's own monitor. */
class OrderedFaultsTest {
  private static final String HOST =
      "{'groups': [7], 'mdevs': [{'path': '/m/u1', 'iommu_group': '../iommu_groups/7'}]}";
  private static final JsonObject HOSTDEV0 = JsonObject.of("id", "hostdev0");
  private static final String DEVICE = "vfio-ap,id=hostdev0,sysfsdev=/m/u1";

  private QemuMonitor qemu;
  private QmpClient client;

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
            "-device",
            DEVICE);
    client = qemu.connect();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    qemu.close();
  }

  private String hmp(String line) throws Exception {
    JsonObject arguments = JsonObject.of("command-line", line);
    return client.execute("human-monitor-command", arguments).toJson();
  }

  @Test
  void anUnknownCommandIsRefusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> qemu.script().next("device-del", new Fault.Stall()))
        .withMessage("unknown command 'device-del'; did you mean device_del?");
  }

  @Test
  void anUnknownEventIsRefusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> qemu.script().nextEvent("device_deleted", new EventFault.Lose()))
        .withMessage("unknown event 'device_deleted'; did you mean DEVICE_DELETED?");
  }

  @Test
  void aGuestRejectsOnlyAnUnplug() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> qemu.script().next("device_add", new Fault.RejectUnplug()))
        .withMessageContaining("device_add");
  }

  @Test
  void aFaultThatDidNotHappenIsTold() throws Exception {
    qemu.script().next("device_del", new Fault.RejectUnplug());
    qemu.script().nextEvent("RESUME", new EventFault.Lose());
    assertThat(qemu.script().unused())
        .containsExactly("next device_del: rejected by the guest", "next RESUME: lost");

    client.execute("device_del", HOSTDEV0);
    client.execute("cont");
    assertThat(qemu.script().unused()).isEmpty();
  }

  @Test
  void anUnplugFaultLeavesTheAnswerToAnUnknownDeviceAlone() {
    qemu.script().next("device_del", new Fault.RejectUnplug());
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> client.execute("device_del", JsonObject.of("id", "none")))
        .matches(error -> error.errorClass() == ErrorClass.DEVICE_NOT_FOUND);
    assertThat(qemu.script().unused()).hasSize(1);
  }

  @Test
  void anUnplugFaultHoldsForTheHumanMonitor() throws Exception {
    qemu.script().nextUnplug(UnplugFault.refusing("not today"));
    assertThat(hmp("device_del hostdev0")).contains("not today");
    qemu.script().next("device_del", new Fault.RejectUnplug());
    hmp("device_del hostdev0");
    client.awaitEvent("DEVICE_UNPLUG_GUEST_ERROR");
    hmp("device_del hostdev0");
    client.awaitEvent("DEVICE_DELETED");
  }

  @Test
  void aRefusedPlugHoldsForTheHumanMonitorAndForWhatQemuWouldTake() throws Exception {
    client.execute("device_del", HOSTDEV0);
    qemu.script().nextPlug(Fault.Refuse.generic("no room"));
    assertThat(hmp("device_add vfio-app")).contains("is not a valid device model name");
    assertThat(hmp("device_add " + DEVICE)).contains("no room");
    assertThat(hmp("device_add " + DEVICE)).isEqualTo("\"\"");
  }

  @Test
  void theTestHasAMonitorBesideTheClients() throws Exception {
    try (QmpClient observer = qemu.observe()) {
      qemu.script().always("query-status", new Fault.Stall());
      qemu.script().nextEvent("DEVICE_DELETED", new EventFault.Lose());
      client.execute("device_del", HOSTDEV0);
      assertThat(observer.execute("query-status").toJson()).contains("prelaunch");
      observer.awaitEvent("DEVICE_DELETED");
      assertThat(client.execute("query-chardev").toJson()).doesNotContain("observer");
    }
    assertThat(qemu.journal().commands()).doesNotContain("query-status");
  }

  @Test
  void anotherClockDecidesWhenADelayIsOver() throws Exception {
    List<Runnable> due = new ArrayList<>();
    qemu.delays((delay, action) -> due.add(action));
    qemu.script().nextUnplug(UnplugFault.delaying(Duration.ofHours(1)));
    client.execute("device_del", HOSTDEV0);
    client.execute("query-status");
    assertThat(client.takeEvents()).isEmpty();
    due.forEach(Runnable::run);
    client.awaitEvent("DEVICE_DELETED");
  }

  @Test
  void settlesWhenDelayedEventsWereSent() throws Exception {
    qemu.script().nextUnplug(UnplugFault.delaying(Duration.ofMillis(400)));
    client.send("{'execute': 'device_del', 'arguments': {'id': 'hostdev0'}}");
    qemu.settle();
    client.patience(Duration.ofMillis(200)).awaitEvent("DEVICE_DELETED");
  }

  @Test
  void aRefusalTellsWhichLineMetIt() {
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> client.execute("device_del", JsonObject.of("id", "none")))
        .satisfies(
            error ->
                assertThat(error.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(getClass().getName())));
  }

  @Test
  void socketsGoWithTheGuestAndItsThreadKeepsNobodyAlive() throws Exception {
    Path directory = qemu.socket().getParent();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("qemu-system-s390x"))
        .allMatch(Thread::isDaemon);
    qemu.close();
    assertThat(Files.exists(directory)).isFalse();
  }

  @Test
  void aLongTemporaryDirectoryIsNotUsed() throws Exception {
    String before = System.getProperty("java.io.tmpdir");
    Path deep = Files.createDirectories(Path.of(before, "d".repeat(100)));
    System.setProperty("java.io.tmpdir", deep.toString());
    try (QemuMonitor other = QemuMonitor.start(DescribedHost.parse(HOST), "-S");
        QmpClient connected = other.connect()) {
      assertThat(connected.execute("query-status").toJson()).contains("prelaunch");
    } finally {
      System.setProperty("java.io.tmpdir", before);
      Files.delete(deep);
    }
  }
}
