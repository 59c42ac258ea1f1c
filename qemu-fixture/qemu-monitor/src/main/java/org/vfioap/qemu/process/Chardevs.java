package org.vfioap.qemu.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;

/** Opens the character devices that the command line names. Source: chardev/char.c of QEMU 7.2. */
final class Chardevs {
  private static final Set<String> BACKENDS =
      Set.of(
          "socket",
          "null",
          "pty",
          "stdio",
          "file",
          "ringbuf",
          "memory",
          "pipe",
          "serial",
          "tty",
          "udp",
          "vc",
          "mux",
          "testdev",
          "msmouse",
          "parallel",
          "wctablet");

  private final CommandLine line;
  private final Console console;
  private final Map<String, Chardev> chardevs = new LinkedHashMap<>();
  private int compatible;

  Chardevs(CommandLine line, Console console) {
    this.line = line;
    this.console = console;
  }

  Map<String, Chardev> all() {
    return chardevs;
  }

  void openAll() throws Exit {
    for (CommandLine.Option option : line.all("chardev")) {
      OptionString options = OptionString.parse(option.value(), "backend");
      warnAboutFlags(option, options);
      if (options.id().isEmpty()) {
        throw failure(option, "chardev: no id specified\n");
      }
      String id = options.id().get();
      try {
        Identifiers.check(id);
      } catch (QemuError refused) {
        throw failure(option, refused.text() + "\n" + refused.hint());
      }
      if (chardevs.containsKey(id)) {
        throw failure(option, "Duplicate ID '" + id + "' for chardev\n");
      }
      open(option, id, options);
    }
  }

  private void warnAboutFlags(CommandLine.Option option, OptionString options) {
    for (String flag : options.flags()) {
      console.report(option.location() + ": " + OptionString.deprecation(flag));
    }
  }

  /** Opens what {@code -qmp} and {@code -monitor} name in their own form. */
  Chardev openCompatible(CommandLine.Option option) throws Exit {
    String text = option.value();
    String label = "compat_monitor" + compatible++;
    if (text.startsWith("chardev:")) {
      return find(text.substring("chardev:".length()), option);
    }
    OptionString options = compatible(text);
    try {
      new OptionKeys(line).check(option, "chardev", options);
    } catch (Exit refused) {
      console.print(refused.err());
      throw failure(option, "parse error: " + text + "\n");
    }
    String backend = options.get("backend").orElse("");
    if (!BACKENDS.contains(backend) && !backend.equals("none")) {
      console.report(option.location() + ": '" + text + "' is not a valid char driver\n");
      throw failure(option, "parse error: " + text + "\n");
    }
    return open(option, label, options);
  }

  private static OptionString compatible(String text) {
    if (text.startsWith("unix:")) {
      return OptionString.parse("socket,path=" + text.substring("unix:".length()), "backend");
    }
    if (text.startsWith("tcp:")) {
      String address = text.substring("tcp:".length());
      int comma = address.indexOf(',');
      String rest = comma < 0 ? "" : address.substring(comma);
      String[] parts = (comma < 0 ? address : address.substring(0, comma)).split(":", 2);
      String port = parts.length > 1 ? parts[1] : "";
      return OptionString.parse("socket,host=" + parts[0] + ",port=" + port + rest, "backend");
    }
    return OptionString.parse(
        text.replaceFirst("^mon:", "").replaceFirst("^file:.*", "file"), "backend");
  }

  Chardev find(String id, CommandLine.Option option) throws Exit {
    Chardev found = chardevs.get(id);
    if (found == null) {
      throw failure(option, "chardev \"" + id + "\" not found\n");
    }
    return found;
  }

  private Chardev open(CommandLine.Option option, String label, OptionString options) throws Exit {
    String backend = options.get("backend").orElse("");
    if (!BACKENDS.contains(backend) && !backend.equals("none")) {
      throw failure(option, "'" + backend + "' is not a valid char driver name\n");
    }
    try {
      Chardev chardev = Chardev.open(label, backend, options);
      chardevs.put(label, chardev);
      return chardev;
    } catch (QemuError refused) {
      throw failure(option, refused.text() + "\n" + refused.hint());
    }
  }

  private Exit failure(CommandLine.Option option, String text) {
    return line.failure(option.location() + ": " + text);
  }
}
