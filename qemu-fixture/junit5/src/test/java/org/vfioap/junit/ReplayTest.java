package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.machine.Machine;
import org.vfioap.scenario.Scenario;
import org.vfioap.scenario.ScenarioRun;

/** What a failed test publishes gives the same results when it is replayed. */
class ReplayTest {
  private static final String YAML =
      """
      boot: {apmask: "+0-255,-5"}
      adapters: {5: {type: CEX8}, 6: {type: CEX7}}
      domains: [4, 5]
      mdevs: [{uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: [5], domains: [4]}]
      """;
  private static final String MDEV =
      "/sys/devices/vfio_ap/matrix/62177883-f1bb-47f0-914d-32a22e3a8804/";

  @ParameterizedTest
  @EnumSource
  void repeatsWritesAndRefusals(KernelProfile kernel) {
    Machine machine = Machine.parse(YAML, "y").withProfile(kernel);
    try (HostFixture fixture = new HostFixture(machine)) {
      fixture.write(MDEV + "assign_domain", "5");
      refused(fixture, MDEV + "assign_adapter", "6");
      refused(fixture, "/sys/bus/ap/apmask", "+5");
      fixture.write("/sys/bus/ap/apmask", "-6");

      Scenario scenario = Scenario.parse(Replay.of(fixture), "replay");
      List<String> wanted = results(scenario.json());
      assertThat(wanted).hasSize(7).endsWith("1", "EADDRNOTAVAIL", "EBUSY", "2");
      assertThat(results(ScenarioRun.of(scenario, kernel)).subList(3, 7))
          .isEqualTo(wanted.subList(3, 7));
    }
  }

  private static void refused(HostFixture fixture, String path, String value) {
    assertThatExceptionOfType(KernelRefusal.class).isThrownBy(() -> fixture.write(path, value));
  }

  private static List<String> results(JsonNode scenario) {
    List<String> results = new ArrayList<>();
    scenario
        .get("ops")
        .forEach(op -> results.add(op.path("ret").asText() + op.path("err").asText()));
    return results;
  }
}
