package org.vfioap.qemu.process;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;

/** The options {@code -d} and {@code -D}; nothing is logged. Source: util/log.c of QEMU 7.2. */
final class LogOptions {
  private final CommandLine line;

  LogOptions(CommandLine line) {
    this.line = line;
  }

  void check() throws Exit {
    Optional<String> mask = line.last("d");
    if (mask.isPresent() && (mask.get().isEmpty() || !isMask(mask.get()))) {
      throw Exit.printing(HelpTexts.text("-d help")).withStatus(1);
    }
    String file = line.last("D").orElse("");
    Optional<Errno> why = file.isEmpty() ? Optional.empty() : HostFiles.uncreatable(file);
    if (why.isPresent()) {
      throw line.failure("Error opening logfile " + file + ": " + why.get().text() + "\n");
    }
  }

  private static boolean isMask(String text) {
    Set<String> items =
        HelpTexts.text("-d help")
            .lines()
            .skip(1)
            .map(item -> item.split(" ", 2)[0])
            .collect(Collectors.toSet());
    for (String word : text.split(",", -1)) {
      boolean trace = word.startsWith("trace:") && !word.endsWith(":help");
      if (!trace && !word.equals("all") && !items.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
