package org.vfioap.qemu.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.qemu.options.OptionString;

class SwitchesTest {
  @ParameterizedTest
  @ValueSource(strings = {"on", "yes", "true", "y"})
  void switchesOn(String text) {
    assertThat(Switches.isOn(text)).isTrue();
    assertThat(OptionString.parse("server=" + text, "backend").isOn("server", false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "no", "false", "n"})
  void switchesOff(String text) {
    assertThat(Switches.switched(text)).contains(false);
    assertThat(OptionString.parse("wait=" + text, "backend").isOn("wait", true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "On", "1", "enable", "ye"})
  void isNone(String text) {
    assertThat(Switches.isSwitch(text)).isFalse();
  }
}
