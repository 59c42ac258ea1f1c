package org.vfioap.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script {@code completion.bash} with a table of the commands: for each its subcommands, its
 * options, and what kind of word stands where.
 */
final class CompletionScript {
  private static final String TEMPLATE = "completion.bash";

  private final StringBuilder table = new StringBuilder();

  private CompletionScript() {}

  /** Returns the script for a command and everything below it. */
  static String of(CommandSpec root) {
    CompletionScript script = new CompletionScript();
    script.add(root);
    return template()
        .replace("@TABLE@", script.table.toString().stripTrailing())
        .replace("@PRESETS@", String.join(" ", Machine.presets()))
        .replace("@PROFILES@", String.join(" ", profiles()));
  }

  private static String template() {
    try (InputStream in = CompletionScript.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + TEMPLATE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> profiles() {
    return Arrays.stream(KernelProfile.values())
        .flatMap(
            profile -> {
              Set<String> names = new LinkedHashSet<>(List.of(profile.toString()));
              names.addAll(profile.aliases());
              return names.stream();
            })
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void add(CommandSpec command) {
    table
        .append("    '")
        .append(command.qualifiedName())
        .append("') commands='")
        .append(String.join(" ", visible(command)))
        .append("' options='")
        .append(String.join(" ", options(command)))
        .append("' values='")
        .append(values(command))
        .append("' positions='")
        .append(positions(command))
        .append("' ;;\n");
    visible(command)
        .forEach(
            name -> add(Objects.requireNonNull(command.subcommands().get(name)).getCommandSpec()));
  }

  private static Set<String> visible(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(each -> !each.usageMessage().hidden())
        .map(CommandSpec::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Arrays.stream(option.names()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A word {@code OPTION=KIND} for each name of an option that takes a value. */
  private static String values(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden() && option.arity().max() > 0)
        .flatMap(option -> named(command, option))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static Stream<String> named(CommandSpec command, OptionSpec option) {
    String kind = WordKind.of(command, option);
    return Arrays.stream(option.names()).map(name -> name + "=" + kind);
  }

  /** The kinds of the arguments in their order; one that may be repeated ends in a star. */
  private static String positions(CommandSpec command) {
    String special = WordKind.POSITIONS.get(command.qualifiedName());
    if (special != null) {
      return special;
    }
    return command.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .map(parameter -> WordKind.of(command, parameter) + star(parameter))
        .collect(Collectors.joining(" "));
  }

  private static String star(PositionalParamSpec parameter) {
    return parameter.index().isVariable() || parameter.arity().max() > 1 ? "*" : "";
  }
}
