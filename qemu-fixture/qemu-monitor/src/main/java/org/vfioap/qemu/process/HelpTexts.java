package org.vfioap.qemu.process;

import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.PropertyTable;
import org.vfioap.qemu.recording.Recording;

/** Options that print something and end the process. */
final class HelpTexts {
  private static final List<String> LISTS = List.of("machine", "cpu", "accel", "object", "chardev");

  private final CommandLine line;

  HelpTexts(CommandLine line) {
    this.line = line;
  }

  /** Ends the process if an option asks for a text. */
  void check() throws Exit {
    for (CommandLine.Option option : line.options()) {
      String value = option.value();
      switch (option.name()) {
        case "version" -> throw Exit.printing(texts().get("version") + "\n");
        case "h", "help" -> throw Exit.printing(usage(texts().get("help")) + "\n");
        default -> {
          String name = option.name().equals("M") ? "machine" : option.name();
          if (LISTS.contains(name) && (value.equals("help") || value.equals("?"))) {
            throw Exit.printing(texts().get("-" + name + " help") + "\n");
          }
        }
      }
    }
    deviceHelp();
  }

  /** Read only when needed: most processes print none of them. */
  private static Recording texts() {
    return Recording.named("cli");
  }

  private String usage(String text) {
    return text.replace("usage: qemu-system-s390x", "usage: " + line.program());
  }

  private void deviceHelp() throws Exit {
    for (CommandLine.Option option : line.all("device")) {
      if (!option.value().startsWith("{")) {
        deviceHelp(option, OptionString.parse(option.value(), "driver"));
      }
    }
  }

  private void deviceHelp(CommandLine.Option option, OptionString options) throws Exit {
    Optional<String> driver = options.get("driver");
    if (driver.equals(Optional.of("help")) || driver.equals(Optional.of("?"))) {
      throw Exit.printing(texts().get("-device help") + "\n");
    }
    if (options.wantsHelp()) {
      try {
        throw Exit.printing(PropertyTable.help(driver.orElse("")));
      } catch (QemuError unknown) {
        throw line.failure(option.location() + ": " + unknown.text() + "\n").withStatus(0);
      }
    }
  }
}
