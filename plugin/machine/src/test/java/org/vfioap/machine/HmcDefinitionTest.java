package org.vfioap.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A definition of zhmcclient's mocked HMC as a machine.
 *
 * <pre>
 *   CPC1   adapters c1 (7, CEX8C) c2 (0x10, CEX7P) c3 (no number, CEX8A, offline) osa1
 *          partitions PART0 without crypto, PART1 with c1 and c2, domains 2 and 7 (control)
 * </pre>
 */
final class HmcDefinitionTest {
  private static final String DEFINITION =
      """
      # a mocked HMC
      hmc_definition:
        host: hmc1
        api_version: '4.10'
        consoles:
          - properties: {name: HMC1, paired-hmc: null}
        cpcs:
          - properties: {object-id: cpc1, name: CPC1, dpm-enabled: true}
            adapters:
              - properties: {object-id: osa1, type: osd, adapter-family: osa}
              - properties: {object-id: c1, detected-card-type: crypto-express-8s, crypto-number: 7, crypto-type: cca-coprocessor, state: online}
              - properties: {object-uri: /api/adapters/x, detected-card-type: crypto-express-7s, crypto-number: 0x10, crypto-type: ep11-coprocessor}
              - properties: {object-id: c3, crypto-type: accelerator, state: standby}
            partitions:
              - properties: {object-id: p0, name: PART0, crypto-configuration: null}
              - properties:
                  object-id: p1
                  name: PART1
                  crypto-configuration:
                    crypto-adapter-uris: [/api/adapters/c1, /api/adapters/x, /api/adapters/c3]
                    crypto-domain-configurations:
                      - {domain-index: 2, access-mode: control-usage}
                      - {domain-index: 7, access-mode: control}
      """;
  private static final String SECOND =
      """
              - properties:
                  name: PART2
                  crypto-configuration: {crypto-adapter-uris: [], crypto-domain-configurations: []}
      """;

  @TempDir private Path directory;

  private static String expected() {
    return """
        profile: linux-6.12
        facilities: {qact: true}
        adapters:
          7: {type: CEX8, mode: cca}
          16: {type: CEX7, mode: ep11}
          0: {type: CEX8, mode: accel, configured: false}
        domains: [2]
        control-domains: [2, 7]
        """;
  }

  @Test
  void readsTheOnlyPartitionWithACryptoConfiguration() {
    assertThat(Machine.parse(DEFINITION, "hmc.yaml"))
        .isEqualTo(Machine.parse(expected(), "expected"));
  }

  @Test
  void readsAdaptersAndPartitionsAlone() {
    String alone =
        """
        adapters: [{object-id: c1, crypto-number: 7, crypto-type: cca-coprocessor}]
        partitions:
          - name: P
            crypto-configuration:
              crypto-adapter-uris: [/api/adapters/c1]
              crypto-domain-configurations: [{domain-index: 2, access-mode: control-usage}]
        """;

    assertThat(Machine.parse(alone, "p.yaml").boot().sysfs().list("/sys/bus/ap/devices"))
        .containsExactly("07.0002", "card07");
  }

  @ParameterizedTest
  @CsvSource({"PART1, 3", "p1, 3", "PART2, 0", "PART0, 0"})
  void readsTheNamedPartition(String name, int adapters) throws IOException {
    Path file = Files.writeString(directory.resolve("hmc.yaml"), DEFINITION + SECOND);

    Machine machine = Machine.find(file + "#" + name);

    assertThat(machine.hardware().configuration().adapters().stream().count()).isEqualTo(adapters);
  }

  @Test
  void asksForTheNameOfOneOfSeveral() {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.parse(DEFINITION + SECOND, "hmc.yaml"))
        .withMessage(
            "hmc.yaml:2:1: 2 partitions have a crypto-configuration; allowed: one; name it behind"
                + " the file, as FILE#NAME: PART0, PART1, PART2");
  }

  @ParameterizedTest
  @CsvSource({
    "control-usage, usage, unknown access-mode 'usage'",
    "domain-index: 2, domain-index: 256, domain-index '256' is out of range",
    "domain-index: 2, index: 2, domain-index is missing",
    "adapters/c1, adapters/c9, adapter '/api/adapters/c9' is not in the file",
    "crypto-number: 7, crypto-number: seven, crypto-number 'seven' is not a number",
  })
  void saysWhereAndWhatIsWrong(String right, String wrong, String problem) {
    assertThatExceptionOfType(MachineFileException.class)
        .isThrownBy(() -> Machine.parse(DEFINITION.replace(right, wrong), "hmc.yaml"))
        .withMessageMatching("(?s)hmc.yaml:[0-9]+:[0-9]+: .*")
        .withMessageContaining(problem);
  }
}
