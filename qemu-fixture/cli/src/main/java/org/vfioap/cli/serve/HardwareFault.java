package org.vfioap.cli.serve;

import java.util.List;
import java.util.Locale;
import org.vfioap.place.HardwareVerb;

/** Faults that are changes of the hardware: {@code hw} has the same and more. */
final class HardwareFault {
  private static final int LAST_ADAPTER = 255;

  private HardwareFault() {}

  static void apply(Request request, String subject, ServedMachine machine) {
    var change = HardwareVerb.change(words(request, subject), machine.hardware());
    machine.change(host -> host.change(change));
  }

  private static List<String> words(Request request, String subject) {
    if (subject.equals("queue")) {
      return List.of("queue", request.text("queue"), request.text("state"));
    }
    String adapter = String.valueOf(request.number(subject, 0, 0, LAST_ADAPTER));
    if (!subject.equals("arrive")) {
      return List.of("adapter", adapter, subject);
    }
    String mode = request.optionalText("mode").orElse("cca").toLowerCase(Locale.ROOT);
    return List.of("adapter", adapter, "add", request.text("type"), mode);
  }
}
