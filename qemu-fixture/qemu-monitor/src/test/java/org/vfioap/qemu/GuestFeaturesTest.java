package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.host.ApHost;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.qemu.vfio.EmulatedHost;

/** A guest has the CPU features of its command line before anything is plugged. */
class GuestFeaturesTest {
  private final ApHost host =
      ApHost.builder()
          .hardware(ApHardware.create().adapters(ApMask.of(5)).domains(ApMask.of(4)))
          .boot();

  @ParameterizedTest
  @CsvSource({
    "'-accel kvm -cpu host',                   AP APQCI APFT APQI",
    "'-accel kvm -cpu host,apqi=off',          AP APQCI APFT",
    "'-accel kvm -cpu host,ap=off',            APQCI APFT APQI",
    "'-accel kvm -cpu z14',                    ''",
    "'-accel kvm -cpu z14,ap=on,apft=on',      AP APFT",
    "'-accel tcg -cpu max',                    ''",
    "'-machine none -accel kvm',               ''",
  })
  void areThoseOfTheCommandLine(String line, String expected) throws Exception {
    EmulatedHost emulated = EmulatedHost.of(host, "guest1");
    try (QemuMonitor qemu = QemuMonitor.start(emulated, (line + " -S").split(" "))) {
      assertThat(qemu.isAlive()).isTrue();
      assertThat(emulated.guest().features()).isEqualTo(features(expected));
      assertThat(host.inside(emulated.guest()).hasApBus())
          .isEqualTo(features(expected).contains(CpuFeature.AP));
    }
  }

  private static Set<CpuFeature> features(String words) {
    Set<CpuFeature> features = EnumSet.noneOf(CpuFeature.class);
    Arrays.stream(words.split(" "))
        .filter(word -> !word.isEmpty())
        .map(CpuFeature::valueOf)
        .forEach(features::add);
    return features;
  }
}
