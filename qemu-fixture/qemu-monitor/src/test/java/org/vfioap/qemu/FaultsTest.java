package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vfioap.qemu.client.NoAnswerException;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.script.EventFault;
import org.vfioap.qemu.script.Fault;
import org.vfioap.qemu.script.JournalEntry;
import org.vfioap.qemu.vfio.DescribedHost;
import org.vfioap.qemu.wire.ConnectionLostException;

/** A guest with hostdev0 on a host with one mdev in group 7, whose monitor misbehaves. */
class FaultsTest {
  private static final String HOST =
      "{'groups': [7], 'mdevs': [{'path': '/m/u1', 'iommu_group': '../iommu_groups/7'}]}";
  private static final JsonObject HOSTDEV0 = JsonObject.of("id", "hostdev0");
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final Path PAGE = Path.of("../../docs/qemu-monitor.md");

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
            "vfio-ap,id=hostdev0,sysfsdev=/m/u1");
    client = qemu.connect();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    qemu.close();
  }

  @Test
  void guestThatKeepsItsDeviceSaysSoAfterTheAnswer() throws Exception {
    qemu.script().next("device_del", new Fault.RejectUnplug());
    client.execute("device_del", HOSTDEV0);
    assertThat(client.awaitEvent("DEVICE_UNPLUG_GUEST_ERROR").data().text("device"))
        .contains("hostdev0");

    client.execute("device_del", HOSTDEV0);
    assertThat(client.awaitEvent("DEVICE_DELETED").data().text("device")).contains("hostdev0");
    assertThat(qemu.journal().commands())
        .containsExactly("qmp_capabilities", "device_del", "device_del");
  }

  @Test
  void thePageShowsTheTestAbove() throws IOException {
    Path test = Path.of("src/test/java/org/vfioap/qemu/FaultsTest.java");
    String shown = Files.readString(PAGE).split("```java\nqemu.script", 2)[1].split("```", 2)[0];
    assertThat(Files.readAllLines(test).stream().map(String::strip).toList())
        .containsSequence(("qemu.script" + shown).lines().map(String::strip).toList());
  }

  @Test
  void refusalLeavesTheDeviceAlone() throws Exception {
    qemu.script().next("device_del", new Fault.Refuse(ErrorClass.DEVICE_NOT_ACTIVE, "not today"));
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> client.execute("device_del", HOSTDEV0))
        .withMessage("not today")
        .matches(refused -> refused.errorClass() == ErrorClass.DEVICE_NOT_ACTIVE);
    assertThat(client.execute("qom-list", JsonObject.of("path", "/machine/peripheral")).toJson())
        .contains("hostdev0");
  }

  @Test
  void lostEventNeverComesButTheDeviceIsGone() throws Exception {
    qemu.script().nextEvent("DEVICE_DELETED", new EventFault.Lose());
    client.execute("device_del", HOSTDEV0);
    client.execute("query-status");
    assertThat(client.patience(MOMENT).takeEvents()).isEmpty();
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> client.awaitEvent("DEVICE_DELETED"))
        .withMessageContaining("event DEVICE_DELETED did not come within PT0.05S");
  }

  @Test
  void delayedEventComesAfterLaterAnswers() throws Exception {
    qemu.script().everyEvent("DEVICE_DELETED", new EventFault.Delay(MOMENT));
    client.execute("device_del", HOSTDEV0);
    client.execute("query-status");
    assertThat(client.takeEvents()).isEmpty();
    assertThat(client.awaitEvent("DEVICE_DELETED").name()).isEqualTo("DEVICE_DELETED");
  }

  @Test
  void stalledMonitorAnswersNothingUntilAnotherConnects() throws Exception {
    qemu.script().next("query-status", new Fault.Stall());
    client.patience(MOMENT);
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> client.execute("query-status"));
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> client.execute("query-kvm"));
    client.close();
    try (QmpClient next = qemu.connect()) {
      assertThat(next.execute("query-status").toJson()).contains("prelaunch");
    }
  }

  @Test
  void droppedConnectionCanBeMadeAgain() throws Exception {
    qemu.script().always("quit", new Fault.DropConnection());
    assertThatExceptionOfType(ConnectionLostException.class)
        .isThrownBy(() -> client.execute("quit"));
    try (QmpClient next = qemu.connect()) {
      assertThat(next.execute("query-status").toJson()).contains("prelaunch");
    }
  }

  @Test
  void garbageIsNoMessage() {
    qemu.script().next("query-status", new Fault.Garbage("\u0000{[\r\n"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> client.execute("query-status"))
        .withMessageStartingWith("not a message of QMP");
  }

  @Test
  void scriptedAnswerComesInsteadOfTheCommand() throws Exception {
    qemu.script().next("query-name", new Fault.Answer(JsonObject.of("name", "other")));
    assertThat(client.execute("query-name").toJson()).isEqualTo("{\"name\": \"other\"}");
    assertThat(client.execute("query-name").toJson()).isEqualTo("{}");
  }

  @Test
  void delayedAnswerHoldsUpWhatComesAfter() throws Exception {
    qemu.script().next("query-status", new Fault.DelayAnswer(MOMENT));
    client.send("{'execute': 'query-status', 'id': 1}{'execute': 'query-name', 'id': 2}");
    long start = System.nanoTime();
    assertThat(client.execute("query-version").toJson()).contains("prelaunch");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(MOMENT.dividedBy(2));
  }

  @Test
  void clearedScriptDisturbsNoMore() throws Exception {
    qemu.script()
        .always("query-status", new Fault.Stall())
        .everyEvent("RESUME", new EventFault.Lose())
        .clear();
    client.execute("cont");
    assertThat(client.awaitEvent("RESUME").data().size()).isZero();
  }

  @Test
  void journalKeepsWhatWasSentAsItWasSent() throws Exception {
    client.send("{ 'execute' :'query-name', 'arguments' : {} }\n @");
    client.execute("query-status");
    assertThat(qemu.journal().entries())
        .extracting(JournalEntry::text)
        .startsWith("{\"execute\": \"qmp_capabilities\", \"arguments\": {}}")
        .contains("{ 'execute' :'query-name', 'arguments' : {} }");
    JournalEntry status = qemu.journal().entries().get(qemu.journal().entries().size() - 1);
    assertThat(status.monitor()).isEqualTo("compat_monitor0");
    qemu.journal().clear();
    assertThat(qemu.journal().entries()).isEmpty();
  }
}
