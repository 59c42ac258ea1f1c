package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/**
 * Orders what goes wrong, in the words of the Java fixture's {@code GuestFaults} and {@code
 * MachineFaults}. A request names one subject: something of a guest, a file, or the hardware.
 */
final class FaultOrder {
  static final String[] MEMBERS = {
    "machine",
    "guest",
    "unplug",
    "plug",
    "command",
    "event",
    "write",
    "read",
    "before",
    "after",
    "remove",
    "deconfigure",
    "checkstop",
    "arrive",
    "queue",
    "fault",
    "text",
    "value",
    "errno",
    "type",
    "mode",
    "state",
    "then",
    "ms",
    "times",
    "always",
    "async"
  };
  private static final List<String> OF_GUESTS = List.of("unplug", "plug", "command", "event");
  private static final List<String> OF_FILES = List.of("write", "read", "before", "after");
  private static final List<String> OF_HARDWARE =
      List.of("remove", "deconfigure", "checkstop", "arrive", "queue");

  private FaultOrder() {}

  /**
   * Orders it.
   *
   * @param nested does a request that is part of this one
   * @throws IllegalArgumentException if the request is wrong
   */
  static void apply(Request request, ServedMachine machine, Consumer<ObjectNode> nested) {
    String subject = subject(request);
    if (OF_GUESTS.contains(subject)) {
      ServedGuest guest = machine.guest(request.text("guest"));
      new GuestFault(request, guest.qemu().script()).order(subject);
    } else if (OF_FILES.contains(subject)) {
      new FileFault(request, machine.files(), nested).order(subject);
    } else {
      HardwareFault.apply(request, subject, machine);
    }
  }

  private static String subject(Request request) {
    List<String> all =
        List.of(OF_GUESTS, OF_FILES, OF_HARDWARE).stream().flatMap(List::stream).toList();
    List<String> named = all.stream().filter(request.json()::has).toList();
    if (named.size() != 1) {
      throw new IllegalArgumentException(
          (named.isEmpty() ? "what is to fail?" : "only one of " + named + " at once;")
              + " allowed: one of "
              + String.join(", ", all));
    }
    return named.get(0);
  }
}
