package org.vfioap.translation.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.translation.files.HostFiles;

/** What the AP bus says of a queue. */
final class QueueFiles {
  static final String BUS = "/sys/bus/ap";

  private final HostFiles files;

  QueueFiles(HostFiles files) {
    this.files = files;
  }

  Optional<String> read(String path) {
    try {
      return Optional.of(files.read(path).strip());
    } catch (KernelRefusal absent) {
      return Optional.empty();
    }
  }

  boolean exists(String path) {
    return files.exists(path);
  }

  List<String> list(String path) {
    try {
      return files.list(path);
    } catch (KernelRefusal absent) {
      return List.of();
    }
  }

  static String card(Apqn apqn) {
    return "/sys/devices/ap/card" + apqn.adapter();
  }

  static String queue(Apqn apqn) {
    return card(apqn) + "/" + apqn;
  }

  /** Returns the name of the driver of a queue; empty if it has none or does not exist. */
  Optional<String> driver(Apqn apqn) {
    try {
      String link = files.readLink(queue(apqn) + "/driver");
      return Optional.of(link.substring(link.lastIndexOf('/') + 1));
    } catch (KernelRefusal unbound) {
      return Optional.empty();
    }
  }

  /** Tells whether a number is in a mask of the bus; empty if the file is no mask. */
  Optional<Boolean> bit(String mask, int number) {
    return read(BUS + "/" + mask)
        .filter(text -> text.matches("0x[0-9a-f]{64}"))
        .map(text -> ApMask.parse(text).has(number));
  }

  /** Returns the directories of all mdevs. */
  List<String> mdevs() {
    List<String> found = new ArrayList<>();
    for (String uuid : list("/sys/bus/mdev/devices")) {
      String directory = "/sys/bus/mdev/devices/" + uuid;
      if (exists(directory + "/guest_matrix") || exists(directory + "/matrix")) {
        found.add(directory);
      }
    }
    return found;
  }
}
