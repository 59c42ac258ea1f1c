package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.DescribedHost;

/** What the emulator does not do it refuses; a guest with the block node {@code node}. */
class UnbuiltTest {
  private QemuMonitor qemu;
  private QmpClient client;

  @BeforeEach
  void start() throws Exception {
    qemu =
        QemuMonitor.start(
            DescribedHost.parse("{}"), "-S", "-blockdev", "null-co,node-name=node,size=1048576");
    client = qemu.connect();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    qemu.close();
  }

  private void assertRefused(String command, String arguments, String text) throws Exception {
    JsonObject read = (JsonObject) JsonReader.parse(arguments.replace('^', '"'));
    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> client.execute(command, read))
        .withMessageStartingWith(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "drive-backup | {^device^: ^node^, ^target^: ^x^, ^sync^: ^full^}",
        "block-stream | {^device^: ^node^}",
        "blockdev-snapshot-sync | {^node-name^: ^node^, ^snapshot-file^: ^x^}",
        "block-dirty-bitmap-add | {^node^: ^node^, ^name^: ^b^}",
        "blockdev-reopen | {^options^: [{^driver^: ^null-co^, ^node-name^: ^node^}]}",
        "blockdev-create | {^job-id^: ^j^, ^options^: {^driver^: ^file^, ^filename^: ^f^, ^size^:"
            + " 1}}",
        "snapshot-save | {^job-id^: ^j^, ^tag^: ^t^, ^vmstate^: ^node^, ^devices^: []}",
        "nbd-server-start | {^addr^: {^type^: ^unix^, ^data^: {^path^: ^x^}}}",
        "xen-save-devices-state | {^filename^: ^x^}"
      })
  void refusesWhatItDoesNotDo(String command, String arguments) throws Exception {
    assertRefused(command, arguments, "the emulator does not carry out '" + command + "': ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "block-dirty-bitmap-add | {^node^: ^no^, ^name^: ^b^} | Cannot find device='no' nor"
            + " node-name='no'",
        "block-dirty-bitmap-add | {^node^: ^node^, ^name^: ^b^} | the emulator does not carry out"
            + " 'block-dirty",
        "abort | {} | Transaction aborted using Abort action"
      })
  void refusesTransactionsOf(String type, String data, String text) throws Exception {
    String action = "{^type^: ^" + type + "^, ^data^: " + data + "}";

    assertRefused("transaction", "{^actions^: [" + action + "]}", text);
  }

  @Test
  void refusesActionsThatCannotBeGrouped() throws Exception {
    String action = "{^type^: ^block-dirty-bitmap-add^, ^data^: {^node^: ^no^, ^name^: ^b^}}";
    String grouped = "^properties^: {^completion-mode^: ^grouped^}";

    assertRefused(
        "transaction",
        "{" + grouped + ", ^actions^: [" + action + "]}",
        "Action 'block-dirty-bitmap-add' does not support Transaction property completion-mode");
  }

  @Test
  void doesAnEmptyTransaction() throws Exception {
    JsonObject nothing = (JsonObject) JsonReader.parse("{\"actions\": []}");

    assertThat(client.execute("transaction", nothing)).hasToString("{}");
  }

  @Test
  void refusesToReopenWhatIsNotThere() throws Exception {
    assertRefused(
        "blockdev-reopen",
        "{^options^: [{^driver^: ^raw^, ^node-name^: ^no^, ^file^: ^x^}]}",
        "Failed to find node with node-name='no'");
    assertRefused(
        "blockdev-reopen", "{^options^: [{^driver^: ^null-co^}]}", "node-name not specified");
  }

  @Test
  void doesNotMigrateWithADeviceOfPci() throws Exception {
    client.execute("device_add", JsonObject.of("driver", "virtio-rng-pci").with("id", "r"));

    assertRefused(
        "migrate", "{^uri^: ^exec:true^}", "State blocked by non-migratable device 'zpci'");
  }
}
