package org.vfioap.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.CardInfo;

/** A card of a recorded host. */
final class CardRecord {
  private final Sysfs sysfs;
  private final int number;
  private final String directory;
  private final List<QueueRecord> queues = new ArrayList<>();
  private final Adapter adapter;

  private CardRecord(Sysfs sysfs, int number) {
    this.sysfs = sysfs;
    this.number = number;
    directory = "devices/ap/" + String.format("card%02x", number);
    AdapterType type =
        sysfs
            .number(directory + "/raw_hwtype")
            .or(() -> sysfs.number(directory + "/hwtype"))
            .map(CardRecord::type)
            .orElse(AdapterType.CEX8);
    int functions = sysfs.number(directory + "/ap_functions").map(Long::intValue).orElse(0);
    adapter = Adapter.of(type, functions);
    for (String name : sysfs.list(directory)) {
      if (name.matches(String.format("%02x", number) + "[.]00[0-9a-f]{2}")) {
        queues.add(QueueRecord.read(sysfs, directory + "/" + name, adapter.mode()));
      }
    }
  }

  static CardRecord read(Sysfs sysfs, int number) {
    return new CardRecord(sysfs, number);
  }

  private static AdapterType type(long number) {
    long known = Math.max(AdapterType.CEX2A.number(), Math.min(number, AdapterType.NEWER.number()));
    return AdapterType.of((int) known);
  }

  int number() {
    return number;
  }

  String directory() {
    return directory;
  }

  AdapterType type() {
    return adapter.type();
  }

  int functions() {
    return adapter.functions();
  }

  List<QueueRecord> queues() {
    return queues;
  }

  /** Tells whether Linux uses another type than the hardware says. */
  boolean isCompatible() {
    return !sysfs.number(directory + "/raw_hwtype").equals(sysfs.number(directory + "/hwtype"));
  }

  /** Tells whether the whole card is offline at the support element. */
  boolean isDeconfigured() {
    return queues.isEmpty()
        ? sysfs.isZero(directory + "/config")
        : queues.stream().allMatch(QueueRecord::isDeconfigured);
  }

  boolean isCheckstopped() {
    return queues.isEmpty()
        ? sysfs.isOne(directory + "/chkstop")
        : queues.stream().allMatch(QueueRecord::isCheckstopped);
  }

  /** Tells whether an administrator took it offline. */
  boolean isOffline() {
    return sysfs.isZero(directory + "/online") && sysfs.isOne(directory + "/config");
  }

  /** Returns the value that a machine file has for it. */
  String text() {
    StringJoiner fields = new StringJoiner(", ", "{", "}");
    fields.add("type: " + adapter.type());
    if (adapter.type().hasModes()) {
      fields.add("mode: " + adapter.mode().label());
    }
    if (usualFunctions() != adapter.functions()) {
      fields.add(String.format("functions: 0x%08X", adapter.functions()));
    }
    if (isDeconfigured()) {
      fields.add("configured: false");
    }
    if (isCheckstopped()) {
      fields.add("checkstopped: true");
    }
    if (adapter.mode() != AdapterMode.ACCELERATOR) {
      addInfo(fields);
    }
    return fields.toString();
  }

  private int usualFunctions() {
    AdapterType type = adapter.type();
    return type.hasModes() ? adapter.mode().functions() : type.fixedMode().bit();
  }

  private void addInfo(StringJoiner fields) {
    AdapterMode mode = adapter.mode();
    valid("serialnr", text -> CardInfo.serial(text, mode))
        .ifPresent(text -> fields.add("serialnr: " + Quoting.quote(text)));
    if (mode == AdapterMode.EP11) {
      valid("API_ordinalnr", CardInfo::apiOrdinal)
          .ifPresent(text -> fields.add("api-ordinalnr: " + text));
      valid("FW_version", CardInfo::firmware)
          .ifPresent(text -> fields.add("fw-version: " + Quoting.quote(text)));
      QueueRecord.modes(sysfs, directory + "/op_modes")
          .ifPresent(modes -> fields.add("op-modes: " + modes));
    }
  }

  private Optional<String> valid(String file, java.util.function.Consumer<String> check) {
    return sysfs
        .line(directory + "/" + file)
        .filter(
            text -> {
              try {
                check.accept(text);
                return true;
              } catch (IllegalArgumentException e) {
                return false;
              }
            });
  }
}
