package org.vfioap.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vfioap.ap.ApMatrix;

/** The guests of a machine file: who holds an mdev. */
final class GuestSection {
  private final List<MdevRecord> mdevs;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();

  private GuestSection(List<MdevRecord> mdevs) {
    this.mdevs = mdevs;
  }

  /** Queues in use show that somebody holds the mdev; libvirt's files show who. */
  static List<String> lines(
      BusRecord bus, List<MdevRecord> mdevs, List<GuestRecord> guests, Notes notes) {
    GuestSection section = new GuestSection(mdevs);
    for (MdevRecord mdev : mdevs) {
      boolean inUse = isInUse(bus, mdev.assigned());
      Optional<GuestRecord> owner =
          guests.stream()
              .filter(guest -> guest.isNamed() && guest.mdevs().contains(mdev.uuid()))
              .filter(guest -> inUse || guest.running())
              .findFirst();
      if (inUse || owner.isPresent()) {
        section.add(mdev, owner, notes);
      }
    }
    return section.lines;
  }

  private static boolean isInUse(BusRecord bus, ApMatrix assigned) {
    return bus.cards().stream()
        .filter(card -> assigned.adapters().has(card.number()))
        .flatMap(card -> card.queues().stream())
        .anyMatch(queue -> queue.isInUse() && assigned.domains().has(queue.domain()));
  }

  private void add(MdevRecord mdev, Optional<GuestRecord> owner, Notes notes) {
    String name = owner.map(GuestRecord::name).orElse("");
    if (!name.isEmpty() && !names.add(name)) {
      notes.add("guest " + name + " has several mdevs; a guest of a machine file has one");
      return;
    }
    if (name.isEmpty()) {
      name = "guest" + (mdevs.indexOf(mdev) + 1);
      notes.add("mdev " + mdev.uuid() + " is in use, by whom is not known: called " + name);
    }
    lines.add("  - name: " + Quoting.quote(name));
    lines.add("    mdev: " + mdev.uuid());
  }
}
