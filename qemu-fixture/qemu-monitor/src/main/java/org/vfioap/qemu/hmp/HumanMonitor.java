package org.vfioap.qemu.hmp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.migration.Migration;
import org.vfioap.qemu.options.ChardevAccess;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/** Executes lines of the monitor for people. Source: monitor/hmp.c of QEMU 7.2. */
public final class HumanMonitor {
  private final Guest guest;
  private final CommandTable commands = CommandTable.commands();
  private final CommandTable information = CommandTable.information();
  private final HumanCommands execution;
  private int cpu;
  private boolean terminal;
  private @Nullable Migration awaited;

  private HumanMonitor(Guest guest, ChardevAccess chardevs, MachineCommands machine) {
    this.guest = guest;
    Information about = new Information(guest, this, chardevs::chardevs, new SharedTopics(machine));
    this.execution =
        new HumanCommands(
            guest,
            this,
            about,
            new SharedCommands(machine),
            new ChardevLines(guest, chardevs, machine));
  }

  /** Returns a monitor of {@code guest}. */
  public static HumanMonitor of(Guest guest, ChardevAccess chardevs, MachineCommands machine) {
    return new HumanMonitor(guest, chardevs, machine);
  }

  /** Makes {@code index} the CPU that commands are about; says whether there is one. */
  public boolean selectCpu(long index) {
    boolean exists = guest.cpus().present().stream().anyMatch(present -> present.core() == index);
    if (exists) {
      cpu = (int) index;
    }
    return exists;
  }

  /** Says that somebody types, who can wait for the end of a command. */
  public void onTerminal() {
    terminal = true;
  }

  /** Makes who types wait for the end of a migration; returns whether somebody does. */
  boolean await(Migration migration) {
    awaited = terminal ? migration : null;
    return terminal;
  }

  /**
   * Says whether the last command goes on. Once it does not, what went wrong with it is reported.
   * Source: monitor/hmp-cmds.c (hmp_migrate_status_cb) of QEMU 7.2.
   */
  public boolean waits() {
    Migration migration = awaited;
    if (migration == null || migration.isRunning()) {
      return migration != null;
    }
    awaited = null;
    Optional<String> error = migration.toJson().text("error-desc");
    error.ifPresent(text -> guest.reports().report(text + "\n"));
    return false;
  }

  int cpu() {
    return cpu;
  }

  /** Executes a line and returns what is printed; lines end with a line feed. */
  public String execute(String line) {
    StringBuilder out = new StringBuilder();
    try {
      execute(line, out);
    } catch (RuntimeException mistake) {
      out.append("Error: ").append(QemuError.mistake(mistake).text()).append('\n');
    }
    return out.toString();
  }

  private void execute(String line, StringBuilder out) {
    TextCursor text = new TextCursor(line, guest::say);
    text.skipSpaces();
    if (text.atEnd()) {
      return;
    }
    Optional<CommandTable.CommandEntry> found = commands.find(name(text));
    boolean sub = found.isPresent() && found.get().name().equals("info");
    if (sub) {
      text.skipSpaces();
      if (text.atEnd()) {
        out.append(information.help("info "));
        return;
      }
      found = information.find(name(text));
    }
    int named = text.position();
    text.skipSpaces();
    if (sub && found.isPresent() && found.get().name().equals("usbhost")) {
      // The program is built without this command, whatever its arguments are.
      out.append("Command \"").append(line, 0, text.position()).append("\" is not available.\n");
      return;
    }
    if (found.isEmpty()) {
      out.append("unknown command: '").append(line, 0, named).append("'\n");
      return;
    }
    run(found.get(), sub, line.substring(0, named), text, out);
  }

  /** Reads a command's name: up to a space or a slash. */
  private static String name(TextCursor text) {
    text.skipSpaces();
    StringBuilder name = new StringBuilder();
    while (!text.atEnd() && text.peek() != '/' && !Character.isWhitespace(text.peek())) {
      name.append(text.next());
    }
    return name.toString();
  }

  private void run(
      CommandTable.CommandEntry entry,
      boolean sub,
      String typed,
      TextCursor text,
      StringBuilder out) {
    Map<String, String> arguments;
    try {
      arguments = new ArgumentParser(entry, text, guest).parse();
      checkOptions(arguments);
    } catch (HumanRefusal refused) {
      out.append(refused.text());
      out.append("Try \"help ").append(typed).append("\" for more information\n");
      return;
    }
    Optional<StringBuilder> before = guest.reports().showOn(Optional.of(out));
    try {
      execution.run(entry.name().split("\\|", 2)[0], sub, arguments, out);
    } catch (QemuError refused) {
      out.append("Error: ").append(refused.text()).append('\n').append(refused.hint());
    } finally {
      guest.reports().showOn(before);
    }
  }

  /** Option strings are checked while parsing; complaints do not go to the monitor yet. */
  private void checkOptions(Map<String, String> arguments) throws HumanRefusal {
    String device = arguments.get("device");
    String text = device == null ? arguments.get("netdev") : device;
    if (text == null) {
      return;
    }
    OptionString options = OptionString.parse(text, device == null ? "type" : "driver");
    for (String flag : options.flags()) {
      guest.reports().report(OptionString.deprecation(flag));
    }
    try {
      if (options.id().isPresent()) {
        Identifiers.check(options.id().get());
        checkDuplicate(device == null, options.id().get());
      }
    } catch (QemuError refused) {
      guest.reports().report(refused.text() + "\n" + refused.hint());
      throw new HumanRefusal("");
    }
  }

  private void checkDuplicate(boolean network, String id) throws QemuError {
    if (network && guest.networks().isOption(id)) {
      throw QemuError.generic("Duplicate ID '" + id + "' for netdev");
    }
  }

  /** Returns the help for the words after {@code help}. */
  String help(List<String> words) {
    if (words.isEmpty()) {
      return commands.help("");
    }
    if (words.get(0).equals("info") && words.size() > 1) {
      return information
          .find(words.get(1))
          .map(entry -> "info " + entry.help())
          .orElse("unknown command: 'info " + words.get(1) + "'\n");
    }
    if (words.get(0).equals("info")) {
      return information.help("info ");
    }
    if (words.get(0).equals("log")) {
      return Recording.named("probes").find("help log").map(text -> text + "\n").orElse("");
    }
    return commands
        .find(words.get(0))
        .map(CommandTable.CommandEntry::help)
        .orElse("unknown command: '" + words.get(0) + "'\n");
  }

  /** Returns what the text before the cursor could go on with. */
  public Completion complete(String before) {
    return new Completer(guest, commands, information).complete(before);
  }
}
