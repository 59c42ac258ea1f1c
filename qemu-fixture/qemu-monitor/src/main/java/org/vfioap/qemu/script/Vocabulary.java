package org.vfioap.qemu.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.recording.Recording;

/** The commands and events that QEMU has, so that a fault for another one is a mistake. */
final class Vocabulary {
  private static final Pattern EVENT =
      Pattern.compile("\"name\": \"([A-Z_0-9]+)\", \"meta-type\": \"event\"");
  private static final Set<String> COMMANDS = commands();
  private static final Set<String> EVENTS = events();

  private Vocabulary() {}

  private static Set<String> commands() {
    Set<String> names = new TreeSet<>();
    Recording.named("commands")
        .lines("commands")
        .forEach(line -> names.add(line.split(" ", -1)[0]));
    names.add("qmp_capabilities");
    return names;
  }

  private static Set<String> events() {
    Set<String> names = new TreeSet<>();
    Matcher matcher = EVENT.matcher(Recording.named("schema").get("query-qmp-schema"));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  static void checkCommand(String name) {
    check("command", name, COMMANDS);
  }

  static void checkEvent(String name) {
    check("event", name, EVENTS);
  }

  private static void check(String kind, String name, Collection<String> known) {
    if (!known.contains(name)) {
      String nearest =
          known.stream().min(Comparator.comparingInt(each -> distance(each, name))).orElseThrow();
      throw new IllegalArgumentException(
          "unknown " + kind + " '" + name + "'; did you mean " + nearest + "?");
    }
  }

  /** Levenshtein's distance, with - and _ and case alike. */
  private static int distance(String word, String typed) {
    String other = typed.substring(0, Math.min(64, typed.length()));
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= word.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + cost(word.charAt(i - 1), other.charAt(j - 1));
        diagonal = row[j];
        row[j] = Math.min(replaced, 2 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }

  private static int cost(char a, char b) {
    if (a == b) {
      return 0;
    }
    char x = a == '-' ? '_' : Character.toUpperCase(a);
    char y = b == '-' ? '_' : Character.toUpperCase(b);
    return x == y ? 1 : 2;
  }
}
