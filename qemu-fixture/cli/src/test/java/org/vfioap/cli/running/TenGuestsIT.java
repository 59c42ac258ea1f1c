package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten guests that start, get and lose a device and end at the same time. */
final class TenGuestsIT extends WithLibvirt {
  private static final String LIFE =
      """
      life() {
        uuid=62177883-f1bb-47f0-914d-32a22e3a880$1
        mdev $uuid 5 $((0x20 + $1))
        domain guest$1
        virsh -q start guest$1
        virsh -q attach-device guest$1 $uuid.xml
        hostdevs guest$1
        virsh -q detach-device guest$1 $uuid.xml
        hostdevs guest$1
        virsh -q destroy guest$1
        virsh -q undefine guest$1
      }
      echo -0x20,-0x21,-0x22,-0x23,-0x24,-0x25,-0x26,-0x27,-0x28,-0x29 >/sys/bus/ap/aqmask
      for n in 0 1 2 3 4 5 6 7 8 9; do life $n >out$n 2>&1 & done
      wait
      cat out?
      virsh -q list --all
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void sideBySide(Caller caller) {
    StringBuilder expected = new StringBuilder();
    for (int n = 0; n < 10; n++) {
      expected.append("62177883-f1bb-47f0-914d-32a22e3a880").append(n).append('\n');
    }
    assertThat(virsh(caller, LIFE)).isEqualTo(expected.toString());
  }
}
