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
    unread.computeIfPresent(receiver, (name, bytes) -> bytes > 1 ? bytes - 1 : null);
  }

  @Test
  void doesNotWaitIfAllIsRead() {
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
        };
    assertThat(pauses()).isEqualTo(3);
    assertThat(waits).isOne();
    assertThat(unread).isEmpty();
  }

  @Test
  void waitsOnceForWhoDoesNotRead() {
    unread.put("deaf", 1L);
    assertThat(pauses()).isEqualTo(Patience.IDLE_LOOKS);
    patience.expect();
    assertThat(pauses()).isZero();
    unread.put("listening", 2L);
    meanwhile = () -> read("listening");
    assertThat(pauses()).isEqualTo(2);
  }

  @Test
  void waitsAgainForWhoReadsAgain() {
    unread.put("asleep", 1L);
    assertThat(pauses()).isEqualTo(Patience.IDLE_LOOKS);
    unread.clear();
    patience.expect();
    unread.put("asleep", 2L);
    meanwhile = () -> read("asleep");
    assertThat(pauses()).isEqualTo(2);
  }

  @Test
  void waitsForWhoAsksTheMachineBeforeReadingOn() {
    unread.put("busy", 1L);
    meanwhile =
        () -> {
          answered += pauses % 100 == 0 ? 1 : 0;
          if (pauses == 2 * Patience.IDLE_LOOKS) {
            unread.clear();
          }
        };
    assertThat(pauses()).isEqualTo(2 * Patience.IDLE_LOOKS);
  }

  @Test
  void doesNotWaitForeverForWhoNeverCatchesUp() {
    unread.put("flooded", 1L);
    meanwhile = () -> unread.merge("flooded", 1L, Long::sum);
    assertThat(pauses()).isEqualTo(Patience.LOOKS - 1);
  }
}
