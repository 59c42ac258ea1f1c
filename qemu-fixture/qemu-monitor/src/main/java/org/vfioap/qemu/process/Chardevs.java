package org.vfioap.qemu.process;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.monitor.Listening;
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
          "wctablet",
          "parport",
          "console",
          "braille",
          "spicevmc",
          "spiceport",
          "dbus",
          "qemu-vdagent");

  private final CommandLine line;
  private final Console console;
  private final FdSets sets;
  private final Map<String, Chardev> chardevs = new LinkedHashMap<>();
  private final IdentityHashMap<CommandLine.Option, Chardev> compatible = new IdentityHashMap<>();

  Chardevs(CommandLine line, Console console, FdSets sets) {
    this.line = line;
    this.sets = sets;
    this.console = console;
  }

  FdSets sets() {
    return sets;
  }

  Map<String, Chardev> all() {
    return chardevs;
  }

  /** Opens those that {@code -chardev}, {@code -qmp} and {@code -monitor} name, in their order. */
  void openAll() throws Exit {
    for (CommandLine.Option option : line.options()) {
      switch (option.name()) {
        case "chardev" -> openNamed(option);
        case "qmp", "qmp-pretty", "monitor" -> {
          if (!isElsewhere(option)) {
            String label = "compat_monitor" + compatible.size();
            compatible.put(option, open(option, label, compatible(option)));
          }
        }
        default -> {}
      }
    }
  }

  private void openNamed(CommandLine.Option option) throws Exit {
    OptionString options = OptionString.parse(option.value(), "backend");
    String id = options.id().orElse("");
    if (options.id().isEmpty()) {
      throw failure(option, "chardev: no id specified\n");
    }
    if (options.get("backend").isEmpty()) {
      throw failure(option, "chardev: \"" + id + "\" missing backend\n");
    }
    open(option, id, options);
  }

  /** Says whether a monitor sits on a character device of its own name, or is none. */
  private static boolean isElsewhere(CommandLine.Option option) {
    boolean none = option.name().equals("monitor") && option.value().startsWith("none");
    return none || option.value().startsWith("chardev:");
  }

  /** Refuses a text of {@code -qmp} or {@code -monitor} that cannot be parsed. */
  static void checkCompatible(CommandLine.Option option, CommandLine line, Console console)
      throws Exit {
    String text = option.value();
    if (isElsewhere(option)) {
      return;
    }
    String location = option.location() + ": ";
    try {
      CompatibleText.parse(text);
    } catch (QemuError refused) {
      if (!refused.text().isEmpty()) {
        console.report(location + refused.text() + "\n" + refused.hint());
      }
      throw line.failure(location + "parse error: " + text + "\n");
    }
  }

  static boolean isBackend(String name) {
    return BACKENDS.contains(name);
  }

  /** Returns the one of {@code -qmp} or {@code -monitor}. */
  Chardev ofMonitor(CommandLine.Option option) throws Exit {
    Chardev own = compatible.get(option);
    return own == null ? find(option.value().substring("chardev:".length()), option) : own;
  }

  private OptionString compatible(CommandLine.Option option) throws Exit {
    try {
      return CompatibleText.parse(option.value());
    } catch (QemuError refused) {
      throw failure(option, refused.text() + "\n");
    }
  }

  Optional<Chardev> find(String id) {
    return Optional.ofNullable(chardevs.get(id));
  }

  Chardev find(String id, CommandLine.Option option) throws Exit {
    Chardev found = chardevs.get(id);
    if (found == null) {
      throw failure(option, "chardev \"" + id + "\" not found\n");
    }
    return found;
  }

  private String modern(CommandLine.Option option, String backend) {
    String modern = ChardevRules.modern(backend);
    if (!modern.equals(backend)) {
      console.report(
          option.location()
              + ": warning: The alias '"
              + backend
              + "' is deprecated, use '"
              + modern
              + "' instead\n");
    }
    return modern;
  }

  private Chardev open(CommandLine.Option option, String label, OptionString options) throws Exit {
    String backend = options.get("backend").orElse("");
    if (!BACKENDS.contains(backend) || backend.equals("console")) {
      throw failure(option, "'" + backend + "' is not a valid char driver name\n");
    }
    try {
      ChardevRules.checkFree(label, chardevs);
      ChardevRules.check(modern(option, backend), options, chardevs, sets);
      Chardev chardev = await(option, Chardev.open(label, backend, options));
      chardevs.put(label, chardev);
      if (chardev.terminal().isPresent()) {
        String path = chardev.terminal().get().path();
        console.say("char device redirected to " + path + " (label " + label + ")\n");
      }
      return chardev;
    } catch (QemuError refused) {
      throw failure(option, refused.text() + "\n" + refused.hint());
    }
  }

  private Chardev await(CommandLine.Option option, Chardev chardev) throws Exit {
    if (!chardev.waits()) {
      return chardev;
    }
    Listening socket = chardev.listening().orElseThrow();
    String waiting = ": info: QEMU waiting for connection on: disconnected:";
    console.report(option.location() + waiting + socket.filename() + "\n");
    try {
      return chardev.with(socket.channel().accept());
    } catch (IOException closed) {
      throw failure(option, "Failed to accept a connection: " + closed.getMessage() + "\n");
    }
  }

  private Exit failure(CommandLine.Option option, String text) {
    return line.failure(option.location() + ": " + text);
  }
}
