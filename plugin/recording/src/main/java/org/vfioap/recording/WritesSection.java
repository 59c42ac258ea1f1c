package org.vfioap.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.ap.ApMask;

/** What an administrator changed after boot: masks, drivers of queues, cards and queues offline. */
final class WritesSection {
  private static final String DEVICES = "/sys/bus/ap/";
  private static final String VFIO_AP = "vfio_ap";

  private final BusRecord bus;
  private final List<String> writes = new ArrayList<>();

  private WritesSection(BusRecord bus) {
    this.bus = bus;
    mask("apmask", bus.apmask());
    mask("aqmask", bus.aqmask());
    bus.cards().forEach(this::card);
  }

  static List<String> lines(BusRecord bus) {
    return new WritesSection(bus).writes;
  }

  private void write(String path, String text) {
    writes.add("  - " + path + ": " + Quoting.quote(text));
  }

  /** The parameter is applied to an empty mask; without one every bit is set. */
  private void mask(String name, Optional<ApMask> now) {
    ApMask booted = bus.parameter(name).flatMap(Sysfs::maskOf).orElse(ApMask.ALL);
    now.filter(mask -> !mask.equals(booted))
        .ifPresent(mask -> write(DEVICES + name, mask.toString()));
  }

  private void card(CardRecord card) {
    if (card.isOffline()) {
      write("/sys/" + card.directory() + "/online", "0");
    }
    for (QueueRecord queue : card.queues()) {
      driver(card, queue);
      if (queue.isOffline() && !card.isOffline()) {
        write("/sys/" + queue.directory() + "/online", "0");
      }
    }
  }

  /** The masks gave the queue to a driver; an override, or an unbind, may have taken it since. */
  private void driver(CardRecord card, QueueRecord queue) {
    if (!queue.override().isEmpty()) {
      write("/sys/" + queue.directory() + "/driver_override", queue.override());
    }
    String expected = expected(card, queue);
    if (expected.isEmpty() || queue.driver().equals(expected)) {
      return;
    }
    write("/sys/" + queue.directory() + "/driver/unbind", queue.name());
    if (!queue.driver().isEmpty()) {
      write(DEVICES + "drivers_probe", queue.name());
    }
  }

  /** Returns whom the masks give it to; empty if that cannot be told. */
  private String expected(CardRecord card, QueueRecord queue) {
    boolean ofHost =
        bus.apmask().orElse(ApMask.ALL).has(card.number())
            && bus.aqmask().orElse(ApMask.ALL).has(queue.domain());
    if (!card.type().hasModes()) {
      return "";
    }
    if (ofHost) {
      return card.functions() == 0 ? "" : "cex4queue";
    }
    return bus.hasVfioAp() ? VFIO_AP : "";
  }
}
