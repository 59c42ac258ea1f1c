package org.vfioap.qemu.qdev;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Slot and function of a device on a PCI bus, eight functions to a slot. Source: hw/pci/pci.c
 * (do_pci_register_device) and hw/core/qdev-properties-system.c (set_pci_devfn) of QEMU 7.2.
 */
final class PciAddress {
  static final String BUS = "PCI";
  static final String PROPERTY = "addr";

  private static final Pattern FORM =
      Pattern.compile("\\s*(0[xX])?([0-9a-fA-F]{1,8})(\\.(0[xX])?([0-9a-fA-F]{1,8}))?");
  private static final int FUNCTIONS = 8;
  private static final int SLOTS = 32;

  private PciAddress() {}

  /** Returns the number of {@code slot} or {@code slot.function}, both in hexadecimal. */
  static Optional<JsonNumber> read(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long slot = Long.parseLong(parts.group(2), 16);
    long function = parts.group(5) == null ? 0 : Long.parseLong(parts.group(5), 16);
    return slot < SLOTS && function < FUNCTIONS
        ? Optional.of(JsonNumber.of(slot * FUNCTIONS + function))
        : Optional.empty();
  }

  /**
   * Picks the first free slot, unless an address was given.
   *
   * @param hot whether the guest has seen the bus already
   * @throws QemuError if the address is taken, or the guest would not see what is there
   */
  static void settle(Candidate device, boolean hot) throws QemuError {
    if (device.bus().type().equals(BUS)) {
      long number = device.number(PROPERTY).orElse(-1);
      device.settle(PROPERTY, JsonNumber.of(number < 0 ? free(device) : number));
      if (number >= 0) {
        check(device, number, hot);
      }
    }
  }

  private static long free(Candidate device) throws QemuError {
    for (long number = 0; number < SLOTS * FUNCTIONS; number += FUNCTIONS) {
      if (at(device.bus(), number).isEmpty()) {
        return number;
      }
    }
    throw QemuError.generic(
        "PCI: no slot/function available for " + device.model() + ", all in use or reserved");
  }

  private static void check(Candidate device, long number, boolean hot) throws QemuError {
    String slot = "PCI: slot " + number / FUNCTIONS + " function ";
    Optional<Device> there = at(device.bus(), number);
    if (there.isPresent()) {
      String id = there.get().id().isEmpty() ? "(null)" : there.get().id();
      throw QemuError.generic(
          slot
              + number % FUNCTIONS
              + " not available for "
              + device.model()
              + ", in use by "
              + there.get().model()
              + ",id="
              + id);
    }
    Optional<Device> first = at(device.bus(), number / FUNCTIONS * FUNCTIONS);
    if (hot && first.isPresent()) {
      throw QemuError.generic(
          slot
              + "0 already occupied by "
              + first.get().model()
              + ", new func "
              + device.model()
              + " cannot be exposed to guest.");
    }
  }

  private static Optional<Device> at(Bus bus, long number) {
    return bus.devices().stream()
        .filter(each -> each.printed(PROPERTY).equals(Optional.of(text(number))))
        .findFirst();
  }

  private static String text(long number) {
    return String.format(Locale.ROOT, "%02x.%x", number / FUNCTIONS, number % FUNCTIONS);
  }

  /** Shows the address in the lines that {@code info qtree} prints. */
  static void show(Device device, Candidate candidate) {
    if (candidate.bus().type().equals(BUS)) {
      String address = text(candidate.number(PROPERTY).orElse(0));
      device
          .propertyLines()
          .replaceAll(
              line ->
                  line.startsWith(PROPERTY + " = ")
                      ? PROPERTY + " = " + address
                      : line.replaceFirst(
                          ", addr 00:[0-9a-f]{2}\\.[0-7],", ", addr 00:" + address + ","));
    }
  }
}
