package org.vfioap.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

/** NQAP and DQAP on queue 06.0004, an accelerator's, which refuses eight bytes of zeros. */
final class MessageTransferTest {
  private static final long SEND = 0x4000_0604L;
  private static final long RECEIVE = 0x8000_0604L;
  private static final long RAPQ = 0x0100_0604L;
  private static final byte[] MESSAGE = new byte[8];

  private final ApHardware hardware =
      ApHardware.create()
          .adapters(ApMask.of(6))
          .domains(ApMask.of(4))
          .adapter(AdapterId.of(6), Adapter.of(AdapterType.CEX5, AdapterMode.ACCELERATOR));
  private final Processor processor = Processor.of(hardware);

  private Executed send(long r0, long id, long length) {
    Registers in = new Registers(r0, 0, 0, id >> 32, id & 0xffff_ffffL, 0x2000, length);
    return (Executed) processor.nqap(in, MESSAGE);
  }

  private Executed receive(long r0, long length) {
    return (Executed) processor.dqap(new Registers(r0, 0, 0, 0, 0, 0x3000, length));
  }

  private static long code(Executed executed) {
    return executed.registers().r1() >> 16 & 0xff;
  }

  @Test
  void takesAMessageAndGivesItsReply() {
    Executed nqap = send(SEND, 0x1_0000_0002L, 8);
    Executed dqap = receive(RECEIVE, 100);

    assertThat(nqap.condition()).isZero();
    assertThat(nqap.registers().secondOdd()).isZero();
    assertThat(nqap.registers().secondEven()).isEqualTo(0x2008);
    assertThat(nqap.registers().r1()).isEqualTo(0x4000_0000L);
    assertThat(dqap.condition()).isZero();
    assertThat(dqap.registers().firstEven()).isEqualTo(1);
    assertThat(dqap.registers().firstOdd()).isEqualTo(2);
    assertThat(dqap.registers().secondOdd()).isEqualTo(92);
    assertThat(dqap.registers().r1()).isEqualTo(0x8000_0000L);
    assertThat(dqap.store().orElseThrow().address()).isEqualTo(0x3000);
  }

  @Test
  void hasNoReplyBeforeTheRequest() {
    Executed dqap = receive(RECEIVE, 100);

    assertThat(code(dqap)).isEqualTo(0x10);
    assertThat(dqap.condition()).isEqualTo(3);
    assertThat(dqap.store()).isEmpty();
  }

  @Test
  void givesALongReplyInParts() {
    send(SEND, 7, 8);

    Executed first = receive(RECEIVE, 5);
    Executed second = receive(first.registers().r0(), 5);

    assertThat(first.condition()).isEqualTo(1);
    assertThat(first.registers().r2()).isEqualTo(3);
    assertThat(first.registers().secondOdd()).isZero();
    assertThat(second.condition()).isZero();
    assertThat(second.registers().r2()).isZero();
    assertThat(second.registers().firstOdd()).isEqualTo(7);
    assertThat(second.store().orElseThrow().bytes()).hasSize(3);
    assertThat(code(receive(RECEIVE, 5))).isEqualTo(0x10);
  }

  @Test
  void isFullAfterEightMessages() {
    for (int i = 0; i < 8; i++) {
      assertThat(code(send(SEND, i, 8))).isZero();
    }

    Executed ninth = send(SEND, 8, 8);

    assertThat(code(ninth)).isEqualTo(0x10);
    assertThat(ninth.registers().r1() & 0x6000_0000L).isEqualTo(0x6000_0000L);
    assertThat(ninth.registers().secondOdd()).isEqualTo(8);
    assertThat(receive(RECEIVE, 100).registers().firstOdd()).isZero();
  }

  @Test
  void dropsMessagesAtAReset() {
    send(SEND, 1, 8);

    processor.pqap(Registers.of(RAPQ, 0, 0));

    assertThat(code(receive(RECEIVE, 100))).isEqualTo(0x10);
  }

  @ParameterizedTest
  @ValueSource(longs = {12 * 1024 + 1, -1, 0, Long.MIN_VALUE})
  void refusesLengthsThatNoMessageHas(long length) {
    assertThat(code(send(SEND, 1, length))).isEqualTo(0x15);
  }

  @Test
  void refusesAPartOfAMessage() {
    assertThat(code(send(0x0604, 1, 8))).isEqualTo(0x13);
  }

  @Test
  void takesSpecialCommandsOnlyWithTheirFacility() {
    assertThat(code(send(SEND | 0x0040_0000L, 1, 8))).isZero();
    hardware.facilities(EnumSet.noneOf(Facility.class));
    assertThat(code(send(SEND | 0x0040_0000L, 1, 8))).isEqualTo(0x16);
  }

  @Test
  void answersForTheStateOfTheQueueFirst() {
    hardware.queue(Apqn.of(6, 4), QueueState.CHECKSTOPPED);

    assertThat(code(send(SEND, 1, 0))).isEqualTo(4);
    assertThat(code(receive(RECEIVE, 100))).isEqualTo(4);
    assertThat(code(send(0x4000_0704L, 1, 8))).isEqualTo(1);
  }

  @Test
  void tellsListenersWhatMayChangeAnAnswer() {
    AtomicInteger changes = new AtomicInteger();
    var handle = processor.onChange(changes::incrementAndGet);

    send(SEND, 1, 8);
    assertThat(changes.getAndSet(0)).isPositive();
    receive(RECEIVE, 100);
    assertThat(changes.getAndSet(0)).isPositive();
    hardware.adapters(ApMask.NONE);
    assertThat(changes.getAndSet(0)).isPositive();
    handle.close();
    hardware.adapters(ApMask.of(6));
    assertThat(changes.get()).isZero();
  }
}
