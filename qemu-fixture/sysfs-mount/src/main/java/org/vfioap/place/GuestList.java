package org.vfioap.place;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.vm.GuestDescription;

/**
 * The verb {@code guests}: a JSON object for each virtual machine of the machine, oldest first,
 * each before those that run in it.
 */
final class GuestList {
  private static final int THIS_PROCESS = 0;

  private GuestList() {}

  static void tell(Place place, List<String> words, Verb.Answer answer) throws IOException {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("'" + words.get(0) + "' is unknown; guests stands alone");
    }
    List<String> lines = new ArrayList<>();
    place.forEachGuest((path, guest) -> lines.add(GuestDescription.of(path, guest, THIS_PROCESS)));
    for (String line : lines) {
      answer.line(line);
    }
  }
}
