package org.vfioap.cli.session;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.ap.AdapterMode;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree;

/**
 * Cards and queues as a table, in the form that the document prints: card and domain, type, mode.
 *
 * <p>It reads sysfs files only, as the real lszcrypt does.
 */
final class Lszcrypt {
  private static final String RULE = "=========== ===== ============\n";
  private static final String DEVICES = "/sys/bus/ap/devices/";

  private final SysfsTree sysfs;

  Lszcrypt(SysfsTree sysfs) {
    this.sysfs = sysfs;
  }

  /** Returns the table, or lszcrypt's words if there is no bus or no card. */
  String table() {
    if (!sysfs.exists("/sys/bus/ap")) {
      return "Crypto device driver not available.\n";
    }
    List<String> names = sysfs.list(DEVICES);
    List<String> cards = names.stream().filter(name -> name.startsWith("card")).toList();
    if (cards.isEmpty()) {
      return "No crypto card devices found.\n";
    }
    StringBuilder table = new StringBuilder(RULE + "CARD.DOMAIN TYPE  MODE\n" + RULE);
    cards.forEach(card -> rows(card, names).forEach(table::append));
    return table.append(RULE).toString();
  }

  private List<String> rows(String card, List<String> names) {
    String number = card.substring("card".length());
    List<String> rows = new ArrayList<>();
    String described = describe(card);
    rows.add(row(number, described));
    names.stream()
        .filter(name -> name.startsWith(number + "."))
        .forEach(name -> rows.add(row(name, described)));
    return rows;
  }

  private static String row(String name, String described) {
    return String.format("%-11s %s", name, described).stripTrailing() + "\n";
  }

  private String describe(String card) {
    return String.format("%-5s %s", attribute(card, "type"), mode(card));
  }

  private String mode(String card) {
    int functions = Long.decode(attribute(card, "ap_functions")).intValue();
    for (AdapterMode mode : AdapterMode.values()) {
      if ((functions & mode.bit()) != 0) {
        return mode.title();
      }
    }
    return "Unknown";
  }

  /** A card that no driver has does not tell its type. */
  private String attribute(String card, String name) {
    try {
      return sysfs.read(DEVICES + card + "/" + name).strip();
    } catch (KernelRefusal refusal) {
      return "-";
    }
  }
}
