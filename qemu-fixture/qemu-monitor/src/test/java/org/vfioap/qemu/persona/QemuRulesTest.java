package org.vfioap.qemu.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QemuRulesTest {
  @ParameterizedTest
  @EnumSource(QemuVersion.class)
  void everyRowHasAValueForEachVersion(QemuVersion version) {
    assertThat(QemuRules.SINGLESTEP.in(QemuVersion.V7_2)).isTrue();
    assertThat(QemuRule.rows())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.in(version)).isNotNull());
  }

  @Test
  void everyRowSaysWhatItIsAboutAndWhereFrom() {
    assertThat(QemuRules.CPU_TOPOLOGY.title()).contains("socket-id");
    assertThat(QemuRule.rows())
        .extracting(QemuRule::title)
        .doesNotHaveDuplicates()
        .doesNotContain("");
    assertThat(QemuRule.rows()).extracting(QemuRule::source).doesNotContain("");
  }

  /** A row that is the same everywhere would be no difference. */
  @Test
  void everyRowDiffersSomewhere() {
    assertThat(QemuRules.MONITOR_OBJECTS.in(QemuVersion.V11_1)).isTrue();
    assertThat(QemuRule.rows())
        .allSatisfy(
            row ->
                assertThat(QemuVersion.values())
                    .extracting(row::in)
                    .satisfies(
                        values -> assertThat(values.stream().distinct()).hasSizeGreaterThan(1)));
  }

  @Test
  void versionsAreFoundByTheirNames() {
    assertThat(QemuVersion.find("10.0")).contains(QemuVersion.V10_0);
    assertThat(QemuVersion.V11_1.before()).contains(QemuVersion.V10_0);
    assertThat(QemuVersion.V7_2.before()).isEqualTo(Optional.empty());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QemuVersion.parse("10"))
        .withMessage("there is no emulated QEMU '10'; there are 7.2, 10.0, 11.1");
  }
}
