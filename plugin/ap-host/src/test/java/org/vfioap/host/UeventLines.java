package org.vfioap.host;

import java.util.List;
import org.vfioap.kernel.Uevent;

/** Events as tests compare them: each a line of head, subsystem and properties. */
final class UeventLines {
  private UeventLines() {}

  static List<String> of(List<Uevent> events) {
    return events.stream().map(UeventLines::line).toList();
  }

  private static String line(Uevent event) {
    return String.join(" ", List.of(event.toString(), event.subsystem()))
        + event.properties().stream().map(p -> " " + p.strip()).reduce("", String::concat);
  }
}
