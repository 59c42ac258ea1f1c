package org.vfioap.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;

/** The adapters, domains and queues of a machine file. */
final class HardwareSection {
  private final BusRecord bus;
  private final Notes notes;
  private final ApMask domains;
  private final List<String> adapters = new ArrayList<>();
  private final List<String> queues = new ArrayList<>();

  private HardwareSection(BusRecord bus, Notes notes) {
    this.bus = bus;
    this.notes = notes;
    domains = bus.domains();
    bus.adapters().stream().forEach(this::addAdapter);
  }

  static List<String> lines(BusRecord bus, Notes notes) {
    HardwareSection section = new HardwareSection(bus, notes);
    List<String> lines = new ArrayList<>(List.of("adapters:"));
    lines.addAll(section.adapters);
    lines.add("domains: [" + ranges(section.domains) + "]");
    lines.add("control-domains: [" + ranges(bus.controlDomains()) + "]");
    if (!section.queues.isEmpty()) {
      lines.add("queues:");
      lines.addAll(section.queues);
    }
    return lines;
  }

  static String ranges(ApMask mask) {
    return mask.ranges().replace(",", ", ");
  }

  private void addAdapter(int number) {
    Optional<CardRecord> card = bus.card(number);
    adapters.add(
        "  " + number + ": " + card.map(CardRecord::text).orElseGet(() -> unknown(number)));
    card.ifPresent(this::addQueues);
  }

  /** Linux shows no card of a type that it does not know, and none without usage domains. */
  private String unknown(int number) {
    notes.add("adapter " + number + " has no card in /sys, so its type is a guess");
    return domains.isEmpty() ? "{type: CEX8}" : "{type: NEWER}";
  }

  private void addQueues(CardRecord card) {
    ApMask missing = domains;
    for (QueueRecord queue : card.queues()) {
      missing = missing.minus(ApMask.of(queue.domain()));
      addQueue(card, queue);
    }
    missing.stream().forEach(d -> add(Apqn.of(card.number(), d).toString(), QueueState.ABSENT));
  }

  private void add(String name, QueueState state) {
    queues.add("  \"" + name + "\": " + word(state));
  }

  private static String word(QueueState state) {
    return state.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private void addQueue(CardRecord card, QueueRecord queue) {
    QueueState state = queue.state(card);
    if (queue.keys().isEmpty() && queue.modes().isEmpty()) {
      if (state != QueueState.OK) {
        add(queue.name(), state);
      }
      return;
    }
    queues.add("  \"" + queue.name() + "\":");
    if (state != QueueState.OK) {
      queues.add("    state: " + word(state));
    }
    queue.modes().ifPresent(modes -> queues.add("    op-modes: " + modes));
    if (!queue.keys().isEmpty()) {
      queues.add(
          queue.keys().stream().collect(Collectors.joining("\n      ", "    mkvps:\n      ", "")));
    }
  }
}
