package org.vfioap.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of one command in man(7)'s language, with the words of its help. */
final class ManualPage {
  private final CommandLine command;
  private final CommandSpec spec;
  private final UsageMessageSpec usage;
  private final StringBuilder text = new StringBuilder();

  ManualPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
    this.usage = spec.usageMessage();
  }

  /** Returns what the page is called: {@code vfioap-machine-show}. */
  static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  /** Returns the page. */
  String text() {
    line(".TH " + name(spec).toUpperCase(Locale.ROOT) + " 1 \"\" vfioap vfioap");
    section("NAME");
    line(escape(name(spec)) + " \\- " + escape(summary()));
    section("SYNOPSIS");
    verbatim(synopsis());
    describe();
    arguments();
    commands();
    footer();
    return text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private String summary() {
    String[] words = usage.header().length > 0 ? usage.header() : usage.description();
    String all = String.join(" ", words).strip();
    return all.endsWith(".") ? all.substring(0, all.length() - 1) : all;
  }

  private String[] synopsis() {
    return new Help(spec, Help.defaultColorScheme(Ansi.OFF))
        .synopsis(0)
        .stripTrailing()
        .split("\n");
  }

  private void verbatim(String[] lines) {
    line(".nf");
    for (String each : lines) {
      line(escape(each));
    }
    line(".fi");
  }

  /** Lines that are laid out by hand begin with two spaces. */
  private void describe() {
    section("DESCRIPTION");
    paragraphs(usage.description().length > 0 ? usage.description() : usage.header());
  }

  private void paragraphs(String[] lines) {
    boolean byHand = false;
    for (String each : lines) {
      if (each.startsWith("  ") != byHand) {
        line(byHand ? ".fi" : ".nf");
        byHand = !byHand;
      }
      line(each.isBlank() || !byHand ? ".PP" : ".\\\"");
      if (!each.isBlank()) {
        line(escape(each));
      }
    }
    if (byHand) {
      line(".fi");
    }
  }

  private void arguments() {
    List<ArgSpec> arguments = new ArrayList<>();
    arguments.addAll(spec.positionalParameters());
    arguments.addAll(spec.options());
    arguments.removeIf(ArgSpec::hidden);
    if (arguments.isEmpty()) {
      return;
    }
    section("OPTIONS");
    for (ArgSpec each : arguments) {
      line(".TP");
      line("\\fB" + escape(label(each)) + "\\fR");
      line(escape(String.join(" ", each.description())));
    }
  }

  private static String label(ArgSpec argument) {
    if (argument instanceof PositionalParamSpec) {
      return argument.paramLabel();
    }
    OptionSpec option = (OptionSpec) argument;
    String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
    return String.join(", ", option.names()) + value;
  }

  private void commands() {
    List<CommandSpec> visible =
        command.getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(each -> !each.usageMessage().hidden())
            .toList();
    if (visible.isEmpty()) {
      return;
    }
    section("COMMANDS");
    for (CommandSpec each : visible) {
      line(".TP");
      line("\\fB" + escape(name(each)) + "\\fR(1)");
      line(escape(String.join(" ", each.usageMessage().header())));
    }
  }

  private void footer() {
    if (usage.footer().length > 0) {
      section("NOTES");
      verbatim(usage.footer());
    }
  }

  private static String escape(String text) {
    String escaped = text.replace("%n", "\n").replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
