package org.vfioap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The classes that a JVM loaded, as {@code -Xlog:class+load} writes them.
 *
 * @param names the names in order
 */
record LoadedClasses(List<String> names) {
  private static final String OWN = "org.vfioap.qemu.";

  /** What the program has but does not need to greet. */
  private static final Set<String> LATER =
      Set.of("client.", "hmp.", "install.", "qdev.Board", "recorder.", "recording.Rec", "wire.");

  static LoadedClasses read(Path log) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      int source = line.indexOf(" source: ");
      if (source > 0) {
        names.add(line.substring(line.lastIndexOf(']') + 1, source).strip());
      }
    }
    return new LoadedClasses(names);
  }

  List<String> own() {
    return names.stream().filter(name -> name.startsWith(OWN)).toList();
  }

  /** Returns what is neither of the JDK's base module nor needed to greet. */
  List<String> strangers() {
    return names.stream().filter(LoadedClasses::isStranger).toList();
  }

  private static boolean isStranger(String name) {
    if (name.startsWith(OWN)) {
      String rest = name.substring(OWN.length());
      return rest.contains("$$Lambda") || LATER.stream().anyMatch(rest::startsWith);
    }
    int dot = name.lastIndexOf('.', name.contains("/") ? name.indexOf('/') : name.length());
    return dot > 0 && !Object.class.getModule().getPackages().contains(name.substring(0, dot));
  }
}
