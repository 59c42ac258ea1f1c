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
    String text = "{\"name\":\"t\"," + MACHINE + ",\"ops\":[" + operations + "]}";
    return ScenarioRun.of(Scenario.parse(text, "x.json"), KernelProfile.LINUX_6_1);
  }
}
