package org.vfioap.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vfioap.ap.ApMask;

/** The AP bus of a recorded host, and what it says of the hardware. */
final class BusRecord {
  private static final String BUS = "bus/ap/";
  private static final String NOT_EXTENDED_ADAPTER = "63";
  private static final String NOT_EXTENDED_DOMAIN = "15";

  private final Sysfs sysfs;
  private final List<CardRecord> cards = new ArrayList<>();

  private BusRecord(Sysfs sysfs) {
    this.sysfs = sysfs;
    for (String name : sysfs.list("devices/ap")) {
      if (name.matches("card[0-9a-f]{2}")) {
        cards.add(CardRecord.read(sysfs, Integer.parseInt(name.substring("card".length()), 16)));
      }
    }
  }

  static BusRecord read(Sysfs sysfs) {
    return new BusRecord(sysfs);
  }

  List<CardRecord> cards() {
    return cards;
  }

  Optional<CardRecord> card(int number) {
    return cards.stream().filter(card -> card.number() == number).findFirst();
  }

  /** Returns the adapters of this system, without QCI those that Linux found. */
  ApMask adapters() {
    int[] found = cards.stream().mapToInt(CardRecord::number).toArray();
    return sysfs.mask(BUS + "ap_adapter_mask").orElse(ApMask.of(found));
  }

  /** Returns the usage domains, without QCI those that Linux found. */
  ApMask domains() {
    int[] found =
        cards.stream()
            .flatMap(card -> card.queues().stream())
            .mapToInt(QueueRecord::domain)
            .distinct()
            .toArray();
    return sysfs.mask(BUS + "ap_usage_domain_mask").orElse(ApMask.of(found));
  }

  ApMask controlDomains() {
    return sysfs.mask(BUS + "ap_control_domain_mask").orElse(ApMask.NONE);
  }

  Optional<ApMask> apmask() {
    return sysfs.mask(BUS + "apmask");
  }

  Optional<ApMask> aqmask() {
    return sysfs.mask(BUS + "aqmask");
  }

  /** Returns a boot parameter of the module, empty if it was not given. */
  Optional<String> parameter(String name) {
    return sysfs
        .line("module/ap/parameters/" + name)
        .filter(text -> !text.equals("(null)") && Sysfs.maskOf(text).isPresent());
  }

  boolean hasVfioAp() {
    return sysfs.exists("devices/vfio_ap/matrix");
  }

  boolean hasConfiguration() {
    return sysfs.mask(BUS + "ap_adapter_mask").isPresent();
  }

  boolean isExtended() {
    return sysfs
        .line(BUS + "features")
        .filter(text -> !text.equals("-"))
        .map(text -> text.contains("APXA"))
        .orElseGet(
            () ->
                !sysfs.line(BUS + "ap_max_adapter_id").equals(Optional.of(NOT_EXTENDED_ADAPTER))
                    || !sysfs
                        .line(BUS + "ap_max_domain_id")
                        .equals(Optional.of(NOT_EXTENDED_DOMAIN)));
  }

  boolean hasCompatibleTypes() {
    return sysfs.line(BUS + "features").orElse("").contains("QACT")
        || cards.stream().anyMatch(CardRecord::isCompatible);
  }

  /** Tells whether Linux learns functions; unless a card shows that it does not, it does. */
  boolean tellsFunctions() {
    List<CardRecord> modern = cards.stream().filter(card -> card.type().hasModes()).toList();
    return modern.isEmpty() || modern.stream().anyMatch(card -> card.functions() != 0);
  }

  boolean hasInterrupts() {
    return !sysfs.isZero(BUS + "ap_interrupts");
  }

  /** Returns the lines of a machine file that say so. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    boolean extended = hasConfiguration() && isExtended();
    if (extended) {
      max("ap_max_adapter_id").ifPresent(max -> lines.add("max-adapter: " + max));
      max("ap_max_domain_id").ifPresent(max -> lines.add("max-domain: " + max));
    }
    lines.add("facilities:");
    lines.add("  qci: " + hasConfiguration());
    lines.add("  apft: " + tellsFunctions());
    lines.add("  apxa: " + (extended || !hasConfiguration()));
    lines.add("  qact: " + hasCompatibleTypes());
    lines.add("  apqi: " + hasInterrupts());
    features().ifPresent(features -> addFeatures(lines, features));
    return lines;
  }

  /** Returns what the configuration query told, empty if the kernel does not show it. */
  private Optional<List<String>> features() {
    return sysfs.line(BUS + "features").map(text -> List.of(text.split(" +", -1)));
  }

  private static void addFeatures(List<String> lines, List<String> features) {
    for (String name : List.of("APSC", "RC8A", "APSB")) {
      lines.add("  " + name.toLowerCase(Locale.ROOT) + ": " + features.contains(name));
    }
  }

  private Optional<Long> max(String file) {
    return sysfs.number(BUS + file).filter(max -> max >= 0 && max <= ApMask.LAST);
  }
}
