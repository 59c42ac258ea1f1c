package org.vfioap.qemu.hmp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vfioap.qemu.persona.PerVersion;
import org.vfioap.qemu.recording.Recording;

/** The recorded commands, or those below {@code info}, sorted by name. */
final class CommandTable {
  private static final PerVersion<CommandTable> COMMANDS =
      PerVersion.of(() -> new CommandTable("commands"));
  private static final PerVersion<CommandTable> TOPICS =
      PerVersion.of(() -> new CommandTable("info"));

  private final List<CommandEntry> entries = new ArrayList<>();

  private CommandTable(String name) {
    Recording.named("hmp").lines(name).forEach(line -> entries.add(CommandEntry.parse(line)));
    entries.sort(Comparator.comparing(CommandEntry::name));
  }

  static CommandTable commands() {
    return COMMANDS.get();
  }

  static CommandTable information() {
    return TOPICS.get();
  }

  /** Returns the command with this name or alias; names cannot be shortened. */
  Optional<CommandEntry> find(String name) {
    return entries.stream()
        .filter(entry -> Arrays.asList(entry.name().split("\\|", -1)).contains(name))
        .findFirst();
  }

  /** Returns all names and aliases. */
  Stream<String> names() {
    return entries.stream()
        .filter(entry -> !entry.foreign())
        .flatMap(entry -> Arrays.stream(entry.name().split("\\|", -1)));
  }

  /** Returns the help lines of all commands, each after {@code prefix}. */
  String help(String prefix) {
    StringBuilder text = new StringBuilder();
    for (CommandEntry entry : entries) {
      if (!entry.foreign()) {
        text.append(prefix).append(entry.help());
      }
    }
    return text.toString();
  }

  /**
   * A command: name and aliases, argument types, parameters and help for people.
   *
   * @param foreign whether it is for other targets: no help names it, and it only refuses
   */
  record CommandEntry(
      String name, String types, String parameters, String description, boolean foreign) {
    static CommandEntry parse(String line) {
      String[] fields = line.split("\t", -1);
      boolean foreign = fields[fields.length - 1].equals("foreign");
      return new CommandEntry(
          fields[0], fields[1], unescape(fields[2]), unescape(fields[3]), foreign);
    }

    private static String unescape(String text) {
      return text.replace("\\n", "\n").replace("\\t", "\t");
    }

    String help() {
      return name + " " + parameters + " -- " + description + "\n";
    }
  }
}
