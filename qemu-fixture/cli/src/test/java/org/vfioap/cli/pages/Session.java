package org.vfioap.cli.pages;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commands of a session and what they print. {@code $} is this computer's prompt, {@code
 * root@NAME:~#} that of a machine; {@code ...} stands for any text in a line, alone for any lines.
 */
record Session(List<Step> steps) {
  private static final Pattern IN_MACHINE = Pattern.compile("root@([^:]+):~# (.*)");
  private static final Pattern SHELL = Pattern.compile("\\./vfioap shell( .*)?");

  /**
   * A command.
   *
   * @param command for bash
   * @param printed the lines below it
   */
  record Step(String command, List<String> printed) {}

  static Session of(Block block) {
    List<Step> steps = new ArrayList<>();
    for (String line : block.text()) {
      Matcher inMachine = IN_MACHINE.matcher(line);
      if (line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else if (inMachine.matches()) {
        String quoted = "'" + inMachine.group(2).replace("'", "'\\''") + "'";
        String command = "./vfioap exec " + inMachine.group(1) + " -- bash -c " + quoted;
        steps.add(new Step(command, new ArrayList<>()));
      } else if (!steps.isEmpty()) {
        steps.get(steps.size() - 1).printed().add(line);
      }
    }
    steps.removeIf(step -> SHELL.matcher(step.command()).matches());
    return new Session(steps);
  }

  private static String one(String line) {
    return Stream.of(line.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(joining(".*"))
        + "[ \t]*\n";
  }

  /** Returns an expression for what a step prints. */
  static Pattern expectation(List<String> printed) {
    StringBuilder regex = new StringBuilder("\\s*");
    for (String line : printed) {
      regex.append(line.equals("...") ? "(?:.*\n)*?" : one(line.stripTrailing()));
    }
    return Pattern.compile(regex.append("\\s*").toString());
  }
}
