package org.vfioap.qemu.options;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionListTest {
  @ParameterizedTest
  @ValueSource(strings = {"on", "yes", "true", "y"})
  void switchesOn(String text) {
    assertThat(OptionList.isOn(text)).isTrue();
    assertThat(OptionString.parse("server=" + text, "backend").isOn("server", false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "no", "false", "n"})
  void switchesOff(String text) {
    assertThat(OptionList.switched(text)).contains(false);
    assertThat(OptionString.parse("wait=" + text, "backend").isOn("wait", true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "On", "1", "enable", "ye"})
  void isNone(String text) {
    assertThat(OptionList.isSwitch(text)).isFalse();
  }
}
