package org.vfioap.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.kernel.KernelProfile;

/** Scenarios that are written by hand, mistakes included. */
class ScenarioTest {
  private static final String MACHINE = "\"hw\":{\"apm\":\"4-5\",\"aqm\":\"4\",\"adm\":\"4\"}";

  @Test
  void tellsTheStateAfterBoot() {
    assertThat(run("").get("initial").toString())
        .isEqualTo(
            "{\"apmask\":\"0-255\",\"aqmask\":\"0-255\",\"mdevs\":{},\"guests\":{},"
                + "\"cards\":{\"04\":\"cex4card\",\"05\":\"cex4card\"},"
                + "\"queues\":{\"04.0004\":\"cex4queue\",\"05.0004\":\"cex4queue\"}}");
  }

  @Test
  void changesAllAdaptersOrOne() {
    String ops =
        "{\"op\":\"hw\",\"set\":{\"type\":9,\"type5\":13}},{\"op\":\"scan\"},"
            + "{\"op\":\"read\",\"path\":\"/sys/devices/ap/card04/hwtype\"},"
            + "{\"op\":\"read\",\"path\":\"/sys/devices/ap/card05/hwtype\"}";

    assertThat(run(ops).get("ops").findValuesAsText("out")).containsExactly("9\n", "13\n");
  }

  @Test
  void ignoresTheResultsInTheFile() {
    assertThat(run("{\"op\":\"scan\",\"ret\":5,\"note\":\"x\"}").get("ops").get(0).toString())
        .isEqualTo("{\"op\":\"scan\",\"ret\":0}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"op\":\"jump\"} | unknown operation 'jump'; known are write, read, hw, scan",
        "{\"op\":\"read\"} | operation \"read\" needs a text 'path'",
        "{\"op\":\"hw\",\"set\":{\"apm\":\"4-999\"}} | '4-999' is no range of numbers from 0 to 255",
        "{\"op\":\"hw\",\"set\":{\"q04.0004\":\"odd\"}} | unknown queue state 'odd'; known are",
        "{\"op\":\"hw\",\"set\":{\"q04.0999\":\"ok\"}} | q04.0999",
        "{\"op\":\"hw\",\"set\":{\"type4\":99}} | type4",
        "{\"op\":\"wait\",\"s\":-1} | wait of -1 s; allowed: 0 to 86400",
        "{\"op\":\"wait\"} | allowed: 0 to 86400",
        "5 | operation 1 is no object",
      })
  void saysWhatIsWrongWithAnOperation(String operation, String message) {
    assertThatThrownBy(() -> run(operation))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | x.json is no scenario: an object with name, hw and ops is wanted",
        "{\"name\":1,\"hw\":{},\"ops\":[]} | x.json is no scenario",
        "{\"name\": | x.json is no JSON",
      })
  void saysWhyATextIsNoScenario(String text, String message) {
    assertThatThrownBy(() -> Scenario.parse(text, "x.json"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(message);
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode run(String operations) {
    return run(operations, KernelProfile.LINUX_6_1);
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode run(
      String operations, KernelProfile profile) {
    String text = "{\"name\":\"t\"," + MACHINE + ",\"ops\":[" + operations + "]}";
    return ScenarioRun.of(Scenario.parse(text, "x.json"), profile);
  }

  /** vfio_ap_ops.c, vfio_ap_mdev_request: at once and every ten seconds, each tenth is logged. */
  @ParameterizedTest
  @CsvSource({"LINUX_6_12, '[\"req\"]', 10", "LINUX_7_2, '[\"cfg\",\"req\"]', 20"})
  void asksAgainEveryTenSeconds(KernelProfile profile, String signals, int told) {
    String uuid = "62177883-f1bb-47f0-914d-32a22e3a8804";
    String mdev = "\"mdev\":\"" + uuid + "\"";
    String matrix = "/sys/devices/vfio_ap/matrix/";
    String listen = profile == KernelProfile.LINUX_7_2 ? "cfg" : "req";
    var result =
        run(
            "{\"op\":\"write\",\"path\":\""
                + matrix
                + "mdev_supported_types/vfio_ap-passthrough/create\",\"in\":\""
                + uuid
                + "\"},{\"op\":\"open\",\"guest\":\"g\","
                + mdev
                + "},{\"op\":\"irq\",\"irq\":\"req\",\"set\":true,"
                + mdev
                + "},{\"op\":\"irq\",\"irq\":\""
                + listen
                + "\",\"set\":true,"
                + mdev
                + "},{\"op\":\"write\",\"path\":\""
                + matrix
                + uuid
                + "/remove\",\"in\":\"1\"},{\"op\":\"wait\",\"s\":9},{\"op\":\"wait\",\"s\":1},"
                + "{\"op\":\"wait\",\"s\":90},{\"op\":\"close\","
                + mdev
                + "}",
            profile);

    assertThat(result.at("/ops/4/blocked").asBoolean()).isTrue();
    assertThat(result.at("/ops/4/signals").toString()).isEqualTo(signals);
    assertThat(result.at("/ops/4/log/0/text").asText()).endsWith("to user (#0)");
    assertThat(result.at("/ops/5/signals").isMissingNode()).isTrue();
    assertThat(result.at("/ops/6/signals").toString()).isEqualTo(signals);
    assertThat(result.at("/ops/7/signals")).hasSize(9 * told / 10);
    assertThat(result.at("/ops/7/log")).hasSize(1);
    assertThat(result.at("/ops/7/log/0/text").asText()).endsWith("to user (#10)");
    assertThat(result.at("/ops/8/unblocked/0/ret").asInt()).isEqualTo(1);
  }
}
