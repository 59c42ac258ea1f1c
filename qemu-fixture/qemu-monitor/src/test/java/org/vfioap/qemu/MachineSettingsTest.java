package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;

/** What a machine hands on to its memory, and devices to their chardevs; as QEMU 7.2.22 says it. */
class MachineSettingsTest {
  private static final String[] OPTIONS = {
    "-machine",
    "s390-ccw-virtio,dump-guest-core=off,mem-merge=off,memory-backend=s390.ram",
    "-m",
    "32",
    "-S",
    "-object",
    "memory-backend-ram,id=s390.ram,size=32M,prealloc=on",
    "-object",
    "memory-backend-ram,id=other,size=1M,merge=on",
    "-chardev",
    "null,id=console",
    "-device",
    "sclpconsole,chardev=console",
    "-chardev",
    "null,id=port",
    "-device",
    "virtio-serial-ccw",
    "-device",
    "virtserialport,chardev=port,name=agent",
    "-chardev",
    "null,id=unused"
  };

  private QemuMonitor qemu;
  private QmpClient client;

  @BeforeEach
  void start() throws Exception {
    qemu = QemuMonitor.start(DescribedHost.parse("{}"), OPTIONS);
    client = qemu.connect();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    qemu.close();
  }

  @Test
  void machineHasWhatWasSet() throws Exception {
    assertThat(machine("dump-guest-core")).isEqualTo("false");
    assertThat(machine("mem-merge")).isEqualTo("false");
  }

  @Test
  void memoryBackendsHaveWhatTheMachineHasUnlessTheySayOtherwise() throws Exception {
    assertThat(memory("s390.ram"))
        .contains("\"merge\": false, \"dump\": false", "\"prealloc\": true");
    assertThat(memory("other")).contains("\"merge\": true, \"dump\": false");
  }

  @Test
  void laterMemoryBackendsHaveItToo() throws Exception {
    client.execute(
        "object-add",
        JsonObject.of("qom-type", "memory-backend-ram")
            .with("id", "late")
            .with("size", 1 << 20)
            .with("dump", true));

    assertThat(memory("late")).contains("\"merge\": false, \"dump\": true");
  }

  @Test
  void chardevsOfConsolesAreOpenThoseOfPortsWaitForTheGuest() throws Exception {
    assertThat(client.execute("query-chardev").toJson())
        .contains("{\"frontend-open\": true, \"filename\": \"null\", \"label\": \"console\"}")
        .contains("{\"frontend-open\": false, \"filename\": \"null\", \"label\": \"port\"}")
        .contains("{\"frontend-open\": false, \"filename\": \"null\", \"label\": \"unused\"}");
  }

  @Test
  void chardevsOfDevicesStay() throws Exception {
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> client.execute("chardev-remove", JsonObject.of("id", "port")))
        .withMessage("Chardev 'port' is busy");
    JsonObject backend = JsonObject.of("type", "null").with("data", JsonObject.empty());
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(
            () ->
                client.execute(
                    "chardev-change", JsonObject.of("id", "console").with("backend", backend)))
        .withMessage("Chardev user does not support chardev hotswap");
    client.execute("chardev-remove", JsonObject.of("id", "unused"));
  }

  @Test
  void peopleSeeMiceThatWerePlugged() throws Exception {
    client.execute("device_add", JsonObject.of("driver", "virtio-tablet-ccw"));
    client.execute("device_add", JsonObject.of("driver", "virtio-mouse-ccw"));

    assertThat(human("info mice"))
        .isEqualTo(
            "  Mouse #2: QEMU Virtio Mouse\r\n* Mouse #1: QEMU Virtio Tablet (absolute)\r\n");
  }

  @Test
  void logPrintsItsHelpForUnknownItemsOnly() throws Exception {
    assertThat(human("log none") + human("log in_asm,guest_errors")).isEmpty();
    assertThat(human("log in_asm,none")).startsWith("Log items (comma separated):\r\n");
  }

  private String machine(String property) throws Exception {
    JsonObject arguments = JsonObject.of("path", "/machine").with("property", property);
    return client.execute("qom-get", arguments).toJson();
  }

  private String memory(String id) throws Exception {
    String all = client.execute("query-memdev").toJson();
    int end = all.indexOf("\"id\": \"" + id + "\"");
    return all.substring(all.lastIndexOf('{', end), end);
  }

  private String human(String line) throws Exception {
    JsonObject arguments = JsonObject.of("command-line", line);
    return ((JsonString) client.execute("human-monitor-command", arguments)).text();
  }
}
