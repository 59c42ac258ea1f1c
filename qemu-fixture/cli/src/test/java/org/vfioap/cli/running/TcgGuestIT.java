package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guests of {@code type='qemu'}: the emulated Z runs them with TCG, which has few CPU models and no
 * AP instructions (QEMU 7.2).
 */
final class TcgGuestIT extends WithLibvirt {
  private static final String GUEST =
      """
      # tcg CPU [DEVICES]: starts the guest, and prints what QEMU says against it
      tcg() {
        domain guest "${2:-}" "<cpu$1</cpu>" qemu
        virsh -q start guest 2>&1 | sed -n 's/.* qemu-system-s390x: //p'
      }
      end() { virsh -q domstate guest --reason; virsh -q destroy guest; virsh -q undefine guest; }
      mdev $G1 5 4
      """;

  private static final String DEVICE =
      "-device {\"driver\":\"vfio-ap\",\"id\":\"hostdev0\",\"sysfsdev\":\"/sys/bus/mdev/devices/"
          + GUEST1
          + "\"}";

  @ParameterizedTest
  @MethodSource("callers")
  void runsWithTheModelsOfTcg(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            """
            for cpu in " mode='custom'><model fallback='forbid'>z900</model>" \
                " mode='custom'><model>qemu</model>" " mode='maximum'>" " mode='host-model'>"; do
              tcg "$cpu" && virsh -q reboot guest && end
            done
            """);

    assertThat(out.replaceAll("(?m)^\n", "")).isEqualTo("running (booted)\n".repeat(4));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void isRefusedTheApFeatures(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            """
            ap="<feature policy='require' name='ap'/>"
            tcg " mode='custom'><model>z900</model>$ap"
            virsh -q undefine guest
            tcg " mode='custom'><model>qemu</model>$ap"
            virsh -q undefine guest
            """);

    assertThat(out)
        .isEqualTo(
            "can't apply global z900-s390x-cpu.ap=on: Feature 'ap' is not available for CPU model"
                + " 'z900', it was introduced with later models.\n"
                + "Some features requested in the CPU model are not available in the"
                + " configuration: ap  \n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void hasNoBusForVfioAp(Caller caller) {
    String out =
        virsh(
            caller,
            GUEST,
            """
            tcg " mode='maximum'>"
            virsh -q attach-device guest $G1.xml 2>&1 | sed -n "s/.*'device_add': //p"
            end
            tcg " mode='maximum'>" "$(cat $G1.xml)"
            held $G1
            """);

    String none = "No 'ap-bus' bus found for device 'vfio-ap'\n";
    assertThat(out.replaceAll("(?m)^\n", ""))
        .isEqualTo(none + "running (booted)\n" + DEVICE + ": " + none + "free\n");
  }
}
