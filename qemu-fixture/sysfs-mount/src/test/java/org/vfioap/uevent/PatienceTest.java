package org.vfioap.uevent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Receivers of events are waited for as long as they read. */
final class PatienceTest {
  private final Map<String, Long> unread = new HashMap<>();
  private Runnable meanwhile = () -> {};
  private int pauses;
  private int waits;
  private long answered;
  private final Patience patience =
      new Patience(
          () -> Map.copyOf(unread),
          () -> {
            pauses++;
            meanwhile.run();
          });

  private int pauses() {
    pauses = 0;
    patience.await(() -> waits++, () -> answered);
    return pauses;
  }

  private void read(String receiver) {
    unread.computeIfPresent(receiver, (name, bytes) -> Math.max(bytes - 1, 0));
  }

  private void readAndAsk(String receiver) {
    answered += unread.getOrDefault(receiver, 0L) > 0 ? 1 : 0;
    read(receiver);
  }

  @Test
  void doesNotWaitIfNobodyListens() {
    assertThat(pauses()).isZero();
    assertThat(waits).isZero();
  }

  @Test
  void waitsUntilTheLastOneHasReadAll() {
    unread.putAll(Map.of("quick", 1L, "slow", 3L));
    meanwhile =
        () -> {
          read("quick");
          read("slow");
          answered++;
          if (unread.getOrDefault("slow", 0L) == 0 && pauses > 3) {
            meanwhile = () -> {};
          }
        };
    assertThat(pauses()).isEqualTo(4 + Patience.QUIET_LOOKS);
    assertThat(waits).isOne();
    assertThat(unread).containsOnly(Map.entry("quick", 0L), Map.entry("slow", 0L));
  }

  @Test
  void waitsUntilWhoHasReadAllHasLooked() {
    unread.put("thread of its own", 0L);
    meanwhile = () -> answered += pauses >= 50 && pauses < 60 ? 1 : 0;
    assertThat(pauses()).isEqualTo(59 + Patience.QUIET_LOOKS);
  }

  @Test
  void waitsThriceForWhoReadsAndNeverLooks() {
    unread.put("incurious", 0L);
    for (int i = 0; i < Patience.VAIN_WAITS; i++) {
      assertThat(pauses()).isEqualTo(Patience.IDLE_LOOKS);
    }
    assertThat(pauses()).isZero();
    unread.put("curious", 0L);
    meanwhile = () -> answered += pauses == 1 ? 1 : 0;
    assertThat(pauses()).isEqualTo(1 + Patience.QUIET_LOOKS);
  }

  @Test
  void waitsOnceForWhoDoesNotRead() {
    unread.put("deaf", 1L);
    assertThat(pauses()).isEqualTo(Patience.IDLE_LOOKS);
    patience.expect();
    assertThat(pauses()).isZero();
    unread.put("listening", 2L);
    meanwhile = () -> readAndAsk("listening");
    assertThat(pauses()).isEqualTo(2 + Patience.QUIET_LOOKS);
  }

  @Test
  void waitsAgainForWhoReadsAgain() {
    unread.put("asleep", 1L);
    assertThat(pauses()).isEqualTo(Patience.IDLE_LOOKS);
    unread.clear();
    patience.expect();
    unread.put("asleep", 2L);
    meanwhile = () -> readAndAsk("asleep");
    assertThat(pauses()).isEqualTo(2 + Patience.QUIET_LOOKS);
  }

  @Test
  void waitsForWhoAsksTheMachineBeforeReadingOn() {
    unread.put("busy", 1L);
    meanwhile =
        () -> {
          answered += pauses % 100 == 0 ? 1 : 0;
          if (pauses == 2 * Patience.IDLE_LOOKS) {
            unread.put("busy", 0L);
            meanwhile = () -> {};
          }
        };
    assertThat(pauses()).isEqualTo(2 * Patience.IDLE_LOOKS + Patience.QUIET_LOOKS);
  }

  @Test
  void doesNotWaitForeverForWhoNeverCatchesUp() {
    unread.put("flooded", 1L);
    meanwhile = () -> unread.merge("flooded", 1L, Long::sum);
    assertThat(pauses()).isEqualTo(Patience.LOOKS - 1);
  }
}
