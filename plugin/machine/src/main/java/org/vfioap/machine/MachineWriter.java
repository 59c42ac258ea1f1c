package org.vfioap.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.Facility;

/**
 * Writes a description as YAML with every key, for {@link MachineReader} to read the same again.
 */
final class MachineWriter {
  private final List<String> lines = new ArrayList<>();

  private MachineWriter() {}

  static String write(MachineDescription machine) {
    MachineWriter writer = new MachineWriter();
    writer.key(MachineReader.PROFILE, machine.profile().toString());
    writer.key(MachineReader.SCAN, YamlValue.word(machine.scanPolicy()));
    writer.hardware(machine.hardware());
    writer.lines.add(MachineReader.BOOT + ":");
    writer.key("  " + BootReader.APMASK, mask(machine.boot().apmask()));
    writer.key("  " + BootReader.AQMASK, mask(machine.boot().aqmask()));
    writer.blockIfAny(
        MachineReader.WRITES,
        machine.writes().stream().map(w -> "- " + w.path() + ": " + Scalar.of(w.text())).toList());
    writer.block(
        MachineReader.MDEVS, "[]", machine.mdevs().stream().map(MachineWriter::mdev).toList());
    writer.blockIfAny(
        MachineReader.GUESTS, machine.guests().stream().map(MachineWriter::guest).toList());
    writer.blockIfAny(
        MachineReader.FILES,
        machine.files().entrySet().stream()
            .map(e -> Scalar.of(e.getKey()) + ": " + Scalar.of(e.getValue()))
            .toList());
    return String.join("\n", writer.lines) + "\n";
  }

  private void key(String key, String value) {
    lines.add(key + ": " + value);
  }

  /** Adds a key and a line per entry, or the key and what stands for no entry. */
  private void block(String key, String none, List<String> entries) {
    lines.add(key + ":" + (entries.isEmpty() ? " " + none : ""));
    entries.forEach(entry -> lines.add("  " + entry));
  }

  private void blockIfAny(String key, List<String> entries) {
    if (!entries.isEmpty()) {
      block(key, "", entries);
    }
  }

  private void hardware(HardwareDescription hardware) {
    key(Limits.MAX_ADAPTER, String.valueOf(hardware.maxAdapter()));
    key(Limits.MAX_DOMAIN, String.valueOf(hardware.maxDomain()));
    block(
        MachineReader.FACILITIES,
        "{}",
        Arrays.stream(Facility.values())
            .map(f -> YamlValue.word(f) + ": " + hardware.facilities().contains(f))
            .toList());
    block(
        MachineReader.ADAPTERS,
        "{}",
        hardware.adapters().entrySet().stream()
            .map(entry -> entry.getKey().number() + ": " + HardwareText.adapter(entry.getValue()))
            .toList());
    key(MachineReader.DOMAINS, set(hardware.domains()));
    key(MachineReader.CONTROL_DOMAINS, set(hardware.controlDomains()));
    block(
        MachineReader.QUEUES,
        "{}",
        hardware.queues().entrySet().stream()
            .map(e -> HardwareText.queue(e.getKey(), e.getValue()))
            .toList());
    blockIfAny(MachineReader.FAULTS, HardwareText.faults(hardware.faults()));
  }

  private static String set(ApMask mask) {
    return "[" + mask.ranges().replace(",", ", ") + "]";
  }

  /** A mask has no character that would need an escape; without quotes 0x1 would be a number. */
  private static String mask(Optional<String> text) {
    return text.map(t -> "\"" + t + "\"").orElse("null");
  }

  private static String mdev(MdevDescription mdev) {
    ApMatrix assigned = mdev.assigned();
    return String.join(
        "\n    ",
        "- " + MdevReader.UUID + ": " + mdev.uuid(),
        MachineReader.ADAPTERS + ": " + set(assigned.adapters()),
        MachineReader.DOMAINS + ": " + set(assigned.domains()),
        MachineReader.CONTROL_DOMAINS + ": " + set(assigned.controlDomains()));
  }

  private static String guest(GuestDescription guest) {
    return String.join(
        "\n    ",
        "- " + GuestReader.NAME + ": " + Scalar.of(guest.name()),
        GuestReader.MDEV + ": " + guest.mdev());
  }
}
