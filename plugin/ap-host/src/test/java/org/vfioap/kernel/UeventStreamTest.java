package org.vfioap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vfioap.kernel.Uevent.Action;

/**
 * The stream of events and who hears it.
 *
 * <pre>
 *   send 1   subscribe   send 2   close   send 3        the listener hears 2
 * </pre>
 */
class UeventStreamTest {
  private final Uevents uevents = Uevents.create();

  private void send(String path) {
    uevents.send(Action.CHANGE, path, "ap", List.of());
  }

  @Test
  void tellsListenersBetweenSubscribingAndClosing() {
    List<String> heard = new ArrayList<>();
    send("/1");
    Uevents.Subscription subscription = uevents.subscribe(event -> heard.add(event.devpath()));
    send("/2");

    subscription.close();
    subscription.close();
    send("/3");

    assertThat(heard).containsExactly("/2");
  }

  @Test
  void keepsTheNewestEvents() {
    for (int i = 0; i < 4096 + 10; i++) {
      send("/" + i);
    }

    assertThat(uevents.recent()).hasSize(4096);
    assertThat(uevents.recent().get(0).seqnum()).isEqualTo(11);
  }

  @Test
  void spellsAMessageAsTheKernelDoes() {
    uevents.send(Action.ADD, "/devices/ap/card05", "ap", List.of("DEVTYPE=ap_card"));

    assertThat(uevents.recent().get(0)).hasToString("add@/devices/ap/card05");
    assertThat(uevents.recent().get(0).environment())
        .containsExactly(
            "ACTION=add",
            "DEVPATH=/devices/ap/card05",
            "SUBSYSTEM=ap",
            "DEVTYPE=ap_card",
            "SEQNUM=1");
  }
}
