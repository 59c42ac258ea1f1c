package org.vfioap.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.Facility;
import org.vfioap.ap.QueueState;
import org.vfioap.processor.Outcome.Executed;
import org.vfioap.processor.Outcome.ProgramException;
import org.vfioap.processor.Outcome.Refused;

/**
 * PQAP on a machine with adapters 5 (CEX5 CCA) and 6 (CEX5 accelerator), domains 4 and 0xab.
 *
 * <p>The numbers are those of Linux 6.12 arch/s390/include/asm/ap.h.
 */
final class QueueControlTest {
  private static final long T = 0x80_0000;
  private static final long RAPQ = 0x0100_0000;
  private static final long ZAPQ = 0x0200_0000;
  private static final long AQIC = 0x0300_0000;
  private static final long QCI = 0x0400_0000;
  private static final long QACT = 0x0500_0000;
  private static final long EMPTY = 0x8000_0000L;
  private static final long ENABLE = 1L << 47;

  private final ApHardware hardware =
      ApHardware.create()
          .adapters(ApMask.of(5, 6))
          .domains(ApMask.of(4, 0xab))
          .controlDomains(ApMask.of(4))
          .adapter(AdapterId.of(6), Adapter.of(AdapterType.CEX5, AdapterMode.ACCELERATOR));
  private final Processor processor = Processor.of(hardware);

  private Executed pqap(long r0) {
    return pqap(r0, 0, 0x1000);
  }

  private Executed pqap(long r0, long r1, long r2) {
    return (Executed) processor.pqap(Registers.of(r0, r1, r2));
  }

  private ProgramException refusal(long r0) {
    return ((Refused) processor.pqap(Registers.of(r0, 0, 0x1000))).exception();
  }

  @Test
  void tellsAnEmptyQueue() {
    Executed tapq = pqap(0x0604);

    assertThat(tapq.registers().r1()).isEqualTo(EMPTY);
    assertThat(tapq.condition()).isZero();
    assertThat(tapq.repeatable()).isTrue();
  }

  @Test
  void tellsTypeAndDepthWithoutTheTBit() {
    assertThat(pqap(0x0604).registers().r2()).isEqualTo(0x0bff_0007L);
  }

  @Test
  void tellsFunctionsWithTheTBit() {
    assertThat(pqap(T | 0x0604).registers().r2()).isEqualTo(0x6a80_0000_0bff_0007L);
    assertThat(pqap(T | 0x0504).registers().r2()).isEqualTo(0x9280_0000_0bff_0007L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x0704, 0x0605, 0, 0xffff})
  void knowsNoQueueOutsideTheMasks(long apqn) {
    Executed tapq = pqap(T | apqn);

    assertThat(tapq.registers().r1()).isEqualTo(0x0001_0000);
    assertThat(tapq.registers().r2()).isZero();
    assertThat(tapq.condition()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"ABSENT,1", "DECONFIGURED,3", "CHECKSTOPPED,4", "RESET_BUSY_ONCE,0"})
  void tellsTheStateOfAQueue(QueueState state, long code) {
    hardware.queue(Apqn.of(6, 4), state);

    assertThat(pqap(0x0604).registers().r1() >> 16 & 0xff).isEqualTo(code);
    assertThat(pqap(0x0604).condition()).isEqualTo(code == 0 ? 0 : 3);
  }

  @Test
  void tellsAboutAnAdapterThatIsOffline() {
    hardware.adapter(AdapterId.of(6), adapter -> adapter.withConfigured(false));

    assertThat(pqap(T | 0x0604).registers().r1()).isEqualTo(0x0003_0000);
    assertThat(pqap(T | 0x0604).registers().r2()).isEqualTo(0x6a80_0000_0bff_0007L);
  }

  @Test
  void findsAResetInProgressOnce() {
    hardware.queue(Apqn.of(6, 4), QueueState.RESET_BUSY_ONCE);

    assertThat(pqap(RAPQ | 0x0604).registers().r1()).isEqualTo(0x0002_0000);
    assertThat(pqap(RAPQ | 0x0604).registers().r1()).isEqualTo(EMPTY);
  }

  @Test
  void isResetForEver() {
    hardware.queue(Apqn.of(6, 4), QueueState.RESET_STUCK);

    pqap(ZAPQ | 0x0604);

    assertThat(pqap(0x0604).registers().r1()).isEqualTo(0x0002_0000);
    assertThat(pqap(ZAPQ | 0x0604).condition()).isEqualTo(3);
  }

  @Test
  void enablesInterruptsUntilTheNextReset() {
    Executed aqic = pqap(AQIC | 0x0604, ENABLE | 4, 0x1000);

    assertThat(aqic.condition()).isZero();
    assertThat(pqap(0x0604).registers().r1()).isEqualTo(EMPTY | 0x0100_0000);
    pqap(RAPQ | 0x0604);
    assertThat(pqap(0x0604).registers().r1()).isEqualTo(EMPTY);
  }

  @Test
  void disablesInterrupts() {
    pqap(AQIC | 0x0604, ENABLE, 0x1000);

    pqap(AQIC | 0x0604, 0, 0x1000);

    assertThat(pqap(0x0604).registers().r1()).isEqualTo(EMPTY);
  }

  @Test
  void saysWhenInterruptsAreAsWantedAlready() {
    pqap(AQIC | 0x0604, ENABLE, 0x1000);

    assertThat(pqap(AQIC | 0x0604, ENABLE, 0x1000).registers().r1() >> 16 & 0xff).isEqualTo(7);
    assertThat(pqap(AQIC | 0x0504, 0, 0x1000).registers().r1() >> 16 & 0xff).isEqualTo(7);
  }

  @Test
  void wantsAnIndicatorForInterrupts() {
    assertThat(pqap(AQIC | 0x0604, ENABLE, 0).registers().r1()).isEqualTo(0x0006_0000);
  }

  @Test
  void storesTheConfiguration() {
    Executed qci = pqap(QCI);

    byte[] block = qci.store().orElseThrow().bytes();
    assertThat(qci.store().orElseThrow().address()).isEqualTo(0x1000);
    assertThat(block).hasSize(128).startsWith(0xc0, 0, 0, 0, 0xff, 0xff, 0);
    assertThat(block[16]).isEqualTo((byte) 0x06);
    assertThat(block[48]).isEqualTo((byte) 0x08);
    assertThat(block[48 + 0xab / 8]).isEqualTo((byte) 0x10);
    assertThat(block[80]).isEqualTo((byte) 0x08);
  }

  @Test
  void mapsAnUnknownTypeToOneThatTheProgramKnows() {
    hardware
        .facilities(EnumSet.allOf(Facility.class))
        .adapter(AdapterId.of(6), Adapter.of(AdapterType.NEWER, AdapterMode.ACCELERATOR));

    assertThat(pqap(QACT | 0x0604, 14L << 24, 0).registers().r2()).isEqualTo(14L << 24);
    assertThat(pqap(QACT | 0x0504, 14L << 24, 0).registers().r2()).isEqualTo(11L << 24);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x0600_0604, 0x0700_0604, 0x0800_0604, 0xff00_0604L, 0x0001_0604, T | RAPQ})
  void refusesWhatRegister0MustNotSay(long r0) {
    assertThat(refusal(r0)).isEqualTo(ProgramException.SPECIFICATION);
  }

  @Test
  void refusesFunctionsThatAreNotInstalled() {
    hardware.facilities(EnumSet.noneOf(Facility.class));

    assertThat(refusal(QCI)).isEqualTo(ProgramException.SPECIFICATION);
    assertThat(refusal(AQIC | 0x0604)).isEqualTo(ProgramException.SPECIFICATION);
    assertThat(refusal(QACT | 0x0604)).isEqualTo(ProgramException.SPECIFICATION);
    assertThat(refusal(T | 0x0604)).isEqualTo(ProgramException.SPECIFICATION);
    assertThat(refusal(0x4004)).isEqualTo(ProgramException.SPECIFICATION);
    assertThat(refusal(0x0610)).isEqualTo(ProgramException.SPECIFICATION);
    assertThat(processor.facilities()).containsOnly(0);
  }

  @Test
  void addsFacilitiesToThoseOfTheProcessor() {
    byte[] bits = processor.facilities();

    assertThat(bits).hasSize(32);
    assertThat(bits[1]).isEqualTo((byte) 0x09);
    assertThat(bits[8]).isEqualTo((byte) 0x40);
  }

  @Test
  void hasNoInstructionsWithoutAp() {
    Registers any = Registers.of(0x0604, 0, 0);

    assertThat(Processor.withoutAp().pqap(any)).isEqualTo(new Refused(ProgramException.OPERATION));
    assertThat(Processor.withoutAp().dqap(any)).isEqualTo(new Refused(ProgramException.OPERATION));
  }
}
