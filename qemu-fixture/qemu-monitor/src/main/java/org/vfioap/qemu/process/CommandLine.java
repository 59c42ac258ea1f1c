package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments as options, each with where it stood for error messages. */
final class CommandLine {
  private final String program;
  private final List<Option> options = new ArrayList<>();

  private boolean kvmBuild;

  private CommandLine(String program) {
    this.program = program;
  }

  /** Splits arguments into options. */
  static CommandLine parse(String program, List<String> arguments) throws Exit {
    CommandLine line = new CommandLine(program);
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("-")) {
        throw line.failure("-: invalid option\n");
      }
      if (!argument.startsWith("-")) {
        line.options.add(new Option("hda", argument, argument));
        continue;
      }
      String name = argument.startsWith("--") ? argument.substring(2) : argument.substring(1);
      boolean takes = line.takesArgument(argument, name);
      if (takes && i + 1 >= arguments.size()) {
        throw line.failure(argument + ": requires an argument\n");
      }
      String value = takes ? arguments.get(++i) : "";
      line.options.add(new Option(name, value, takes ? argument + " " + value : argument));
    }
    return line;
  }

  private boolean takesArgument(String argument, String name) throws Exit {
    try {
      return OptionArity.takesArgument(name);
    } catch (Exit unknown) {
      throw failure(argument + ": " + unknown.err() + "\n");
    }
  }

  /** Returns the end with a message that may start with the place of an option in a file. */
  Exit failure(String text) {
    return Exit.failing(program + (text.startsWith(":") ? "" : ": ") + text);
  }

  /** Says whether a remote display is wanted. */
  boolean wantsVnc() {
    for (Option option : options) {
      if (option.isVnc()) {
        return true;
      }
    }
    return false;
  }

  /** Makes the program one that is built with KVM. */
  void buildWithKvm() {
    kvmBuild = true;
  }

  /** Says whether the program is built with KVM. */
  boolean isKvmBuild() {
    return kvmBuild;
  }

  String program() {
    return program;
  }

  boolean has(String name) {
    return !all(name).isEmpty();
  }

  /** Returns the options called {@code name} in their order. */
  List<Option> all(String name) {
    List<Option> found = new ArrayList<>();
    for (Option option : options) {
      if (option.name.equals(name)) {
        found.add(option);
      }
    }
    return found;
  }

  List<Option> options() {
    return options;
  }

  /** Adds options behind {@code option}. */
  void insert(Option option, List<Option> more) {
    options.addAll(options.indexOf(option) + 1, more);
  }

  /** Puts {@code amended} in the place of {@code option}. */
  void replace(Option option, Option amended) {
    options.set(options.indexOf(option), amended);
  }

  /** Returns the values of all options of a name, in their order. */
  List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (Option option : all(name)) {
      values.add(option.value);
    }
    return values;
  }

  /** Returns the value of the last option called {@code name}. */
  Optional<String> last(String name) {
    List<Option> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).value);
  }

  /**
   * An option.
   *
   * @param name without dashes
   * @param value empty if it takes none
   * @param location how QEMU names it in errors: the option and its value as typed; in a file a
   *     colon, the file, a colon and a line
   */
  record Option(String name, String value, String location) {
    /** Says whether it is a remote display: {@code -vnc} or {@code -display vnc=}. */
    boolean isVnc() {
      return name.equals("vnc") || (name.equals("display") && value.startsWith("vnc="));
    }

    /** Returns the option with a further key at its end, which wins over the same key before. */
    Option with(String key, String added) {
      return new Option(name, value + "," + key + "=" + added.replace(",", ",,"), location);
    }
  }
}
