package org.vfioap.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vfioap.kernel.Uevent;
import org.vfioap.kernel.Uevents;

/** Events for somebody who may not read them. */
final class EventQueueTest {
  private static final int KEPT = 8192;

  private final Uevents events = Uevents.create();

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      events.send(Uevent.Action.CHANGE, "/devices/ap", "ap", List.of());
    }
  }

  private static EventQueue.Next next(EventQueue queue) throws InterruptedException {
    return queue.next(Duration.ZERO);
  }

  @Test
  void beginsWithWhatWasKept() {
    send(3);
    try (EventQueue queue = EventQueue.of(events)) {
      assertThat(queue.recent()).extracting(Uevent::seqnum).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void tellsEachEventOnce() throws InterruptedException {
    send(1);
    try (EventQueue queue = EventQueue.of(events)) {
      send(2);

      assertThat(next(queue).event().map(Uevent::seqnum)).contains(2L);
      assertThat(next(queue).event().map(Uevent::seqnum)).contains(3L);
      assertThat(next(queue)).isEqualTo(new EventQueue.Next(0, Optional.empty()));
    }
  }

  @Test
  void countsWhatWasLostBeforeTheNextEvent() throws InterruptedException {
    try (EventQueue queue = EventQueue.of(events)) {
      send(KEPT + 5);
      next(queue);
      send(1);
      for (int i = 1; i < KEPT; i++) {
        next(queue);
      }

      EventQueue.Next last = next(queue);
      assertThat(last.lost()).isEqualTo(5);
      assertThat(last.event().map(Uevent::seqnum)).contains(KEPT + 6L);
    }
  }

  @Test
  void countsWhatWasLostAtTheEnd() throws InterruptedException {
    try (EventQueue queue = EventQueue.of(events)) {
      send(KEPT + 5);
      for (int i = 0; i < KEPT; i++) {
        next(queue);
      }

      assertThat(next(queue)).isEqualTo(new EventQueue.Next(5, Optional.empty()));
      assertThat(next(queue)).isEqualTo(new EventQueue.Next(0, Optional.empty()));
    }
  }
}
