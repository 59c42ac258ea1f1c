package org.vfioap.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a machine prints is a machine file with every key that describes the same machine. */
final class RoundTripTest {
  private static final String COMPLETE =
      """
      profile: linux-6.12
      scan: timed
      max-adapter: 15
      max-domain: 84
      facilities:
        qci: true
        apft: false
        apxa: true
        qact: true
        apqi: false
        apsc: false
        rc8a: false
        apsb: false
      adapters:
        1: {type: CEX2A, functions: 0x00000000, assigned: true, configured: true, checkstopped: false}
        5: {type: CEX8, mode: ep11, functions: 0x04000000, assigned: false, configured: false, checkstopped: true}
        6: {type: CEX8, mode: cca, functions: 0x92800000, assigned: true, configured: true, checkstopped: false, serialnr: "00000\\\""}
        7: {type: CEX8, mode: ep11, functions: 0x06800000, assigned: true, configured: true, checkstopped: false, serialnr: "", api-ordinalnr: 4, fw-version: "3.6", op-modes: [BSI2009, SIGG-IMPORT]}
      domains: [0, 4-6, 84]
      control-domains: [71]
      queues:
        "01.0004": reset-busy-once
        "05.0047": absent
        "06.0004":
          state: ok
          mkvps:
            AES NEW: partial
            AES CUR: valid 0x0123456789abcdef
            APKA OLD: "-"
        "06.0005":
          state: checkstopped
          mkvps: {}
        "07.0004":
          state: ok
          op-modes: [FIPS2009, FIPS2024]
          mkvps:
            WK NEW: committed 0x0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      faults:
        "06.0004":
          mkvps: interrupted once
          online: EBUSY write
        "card06":
          serialnr: EIO
      boot:
        apmask: "-0-255,+1"
        aqmask: "0xffff"
      writes:
        - /sys/bus/ap/config_time: "5"
        - /sys/bus/ap/apmask: "-0-255"
      mdevs:
        - uuid: cef03c3c-903d-4ecc-9a83-40694cb8aee4
          adapters: [5]
          domains: [4, 71]
          control-domains: []
        - uuid: 62177883-f1bb-47f0-914d-32a22e3a8804
          adapters: []
          domains: []
          control-domains: [0-84]
      guests:
        - name: "guest-1.a_b"
          mdev: cef03c3c-903d-4ecc-9a83-40694cb8aee4
      files:
        "/etc/mdevctl.d/matrix/62177883-f1bb-47f0-914d-32a22e3a8804": "{\\"start\\": \\"auto\\"}\\n"
      """;

  private static Machine machine(String yaml) {
    return Machine.parse(yaml, "host.yaml");
  }

  @ParameterizedTest
  @MethodSource("org.vfioap.machine.Machine#presets")
  void printsPresetComplete(String name) {
    Machine preset = Machine.preset(name);

    assertThat(machine(preset.toYaml())).isEqualTo(preset).hasSameHashCodeAs(preset);
  }

  @Test
  void printsEveryKeyAsItWasWritten() {
    assertThat(machine(COMPLETE).toYaml()).isEqualTo(COMPLETE);
  }

  @Test
  void fillsInDefaults() {
    assertThat(machine("adapters: {5: {type: CEX5}}").toYaml())
        .isEqualTo(
            """
            profile: documented
            scan: immediate
            max-adapter: 255
            max-domain: 255
            facilities:
              qci: true
              apft: true
              apxa: true
              qact: false
              apqi: true
              apsc: true
              rc8a: false
              apsb: false
            adapters:
              5: {type: CEX5, mode: cca, functions: 0x92800000, assigned: true, configured: true, checkstopped: false}
            domains: []
            control-domains: []
            queues: {}
            boot:
              apmask: null
              aqmask: null
            mdevs: []
            """);
  }

  @Test
  void fillsInMaximaWithoutExtendedAddressing() {
    assertThat(machine("facilities: {qci: false}").toYaml())
        .contains("max-adapter: 63\nmax-domain: 15\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "domains: [4, 5, 6, 71]",
        "domains: [0x4, 0x05, 6, 0x47]",
        "domains: [71, 4-6]",
        "domains: ['4-0x6', \"71\"]",
        "domains: 4-6,71",
        "domains: 71, 4, 5-6",
        "domains:\n  - 4-6\n  - 71\nmdevs:\nprofile: null\nboot: {apmask:}",
      })
  void readsSetInEveryForm(String yaml) {
    assertThat(machine(yaml)).isEqualTo(machine("domains: [4-6, 71]"));
  }

  @Test
  void describesSeveralAdaptersAtOnce() {
    assertThat(machine("adapters: {'1-2,4': {type: cex8, mode: EP11}}"))
        .isEqualTo(
            machine(
                """
                adapters:
                  0x4: {type: CEX8, mode: ep11}
                  1: {type: CEX8, mode: ep11, configured: true}
                  2: {type: CEX8, functions: 0x06800000}
                """));
  }

  @Test
  void leavesOutQueuesInOrder() {
    String adapters = "adapters: {5: {type: CEX5}}\n";

    assertThat(machine(adapters + "queues: {05.0004: ok}")).isEqualTo(machine(adapters));
  }

  @Test
  void differsInWhatIsDifferent() {
    assertThat(machine("domains: 4")).isNotEqualTo(machine("control-domains: 4"));
  }
}
