package org.vfioap.qemu.process;

/** Serial and parallel lines; nothing is connected to them. Source: softmmu/vl.c of QEMU 7.2. */
final class SerialOptions {
  private final CommandLine line;
  private final Console console;

  SerialOptions(CommandLine line, Console console) {
    this.line = line;
    this.console = console;
  }

  void check() throws Exit {
    check("serial", "could not connect serial device to character backend '");
    check("parallel", "could not connect parallel device to character backend '");
    check("debugcon", "invalid character backend '");
  }

  private void check(String name, String refusal) throws Exit {
    for (CommandLine.Option option : line.all(name)) {
      if (!option.value().equals("none") && !Chardevs.isCompatible(option.value())) {
        String location = option.location() + ": ";
        console.report(location + "'" + option.value() + "' is not a valid char driver\n");
        throw line.failure(location + refusal + option.value() + "'\n");
      }
    }
  }
}
