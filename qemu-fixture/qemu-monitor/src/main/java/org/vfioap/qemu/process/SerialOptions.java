package org.vfioap.qemu.process;

import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;

/** Serial and parallel lines; nothing is connected to them. Source: softmmu/vl.c of QEMU 7.2. */
final class SerialOptions {
  private final CommandLine line;
  private final Console console;
  private final Chardevs chardevs;

  SerialOptions(CommandLine line, Console console, Chardevs chardevs) {
    this.line = line;
    this.console = console;
    this.chardevs = chardevs;
  }

  void check() throws Exit {
    check("serial", "could not connect serial device to character backend '");
    check("parallel", "could not connect parallel device to character backend '");
    check("debugcon", "invalid character backend '");
  }

  private void check(String name, String refusal) throws Exit {
    for (CommandLine.Option option : line.all(name)) {
      try {
        if (!option.value().equals("none")) {
          check(option.value());
        }
      } catch (QemuError refused) {
        String location = option.location() + ": ";
        if (!refused.text().isEmpty()) {
          console.report(location + refused.text() + "\n" + refused.hint());
        }
        throw line.failure(location + refusal + option.value() + "'\n");
      }
    }
  }

  private void check(String text) throws QemuError {
    if (text.startsWith("chardev:")) {
      if (!chardevs.all().containsKey(text.substring("chardev:".length()))) {
        throw QemuError.generic("");
      }
      return;
    }
    OptionString options = CompatibleText.parse(text);
    String backend = options.get("backend").orElse("");
    ChardevRules.check(backend, options, chardevs.all(), chardevs.sets());
    if (backend.equals("socket") && !Sockets.listens(options)) {
      ConnectedSocket.open(options);
    }
  }
}
