package org.vfioap.cli.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.LogLine;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsTree;

/**
 * A root shell on an emulated host, with the few commands that an administrator of AP devices
 * needs: {@code echo … > FILE}, cat, ls, cd, lszcrypt, dmesg, and variables.
 *
 * <p>What it prints is what the host answered, in the words of bash and coreutils.
 */
public final class Shell {
  private final ApHost host;
  private final String prompt;
  private final Screen screen;
  private final Map<String, String> variables = new HashMap<>();
  private String directory = "/sys";
  private long logPosition;

  /**
   * Creates a shell.
   *
   * @param host where its commands act
   * @param prompt what stands before every line, {@code "host# "}
   * @param screen where it prints
   */
  public Shell(ApHost host, String prompt, Screen screen) {
    this.host = host;
    this.prompt = prompt;
    this.screen = screen;
  }

  /** Runs a command line and prints it with its answer; returns the exit status. */
  public int run(String line) {
    screen.typed(prompt, line);
    String command = expand(line);
    int redirect = command.indexOf('>');
    return redirect < 0
        ? execute(words(command))
        : write(words(command.substring(0, redirect)), command.substring(redirect + 1).strip());
  }

  private String expand(String line) {
    String expanded = line;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      expanded = expanded.replace("$" + variable.getKey(), variable.getValue());
    }
    return expanded;
  }

  private static List<String> words(String command) {
    return Arrays.stream(command.strip().split("\\s+", -1)).toList();
  }

  private int execute(List<String> words) {
    String first = words.get(0);
    if (first.matches("\\w+=.*")) {
      int sign = first.indexOf('=');
      variables.put(first.substring(0, sign), first.substring(sign + 1));
      return 0;
    }
    List<String> arguments = words.subList(1, words.size());
    return switch (first) {
      case "cd" -> cd(arguments.get(0));
      case "cat" -> cat(arguments);
      case "ls" -> ls(arguments.isEmpty() ? directory : path(arguments.get(0)));
      case "lszcrypt" -> answer(new Lszcrypt(host.sysfs()).table());
      case "dmesg" -> dmesg();
      default -> fail("bash: " + first + ": command not found", 127);
    };
  }

  private String path(String name) {
    return name.startsWith("/") ? name : directory + "/" + name;
  }

  private int answer(String text) {
    screen.answer(text);
    return 0;
  }

  private int fail(String message, int status) {
    screen.error(message);
    return status;
  }

  private int cd(String name) {
    String path = path(name);
    if (!host.sysfs().exists(path)) {
      return fail("bash: cd: " + name + ": " + Errno.ENOENT.text(), 1);
    }
    directory = path;
    return 0;
  }

  private int cat(List<String> names) {
    int status = 0;
    for (String name : names) {
      try {
        screen.answer(host.sysfs().read(path(name)));
      } catch (KernelRefusal refusal) {
        status = fail("cat: " + name + ": " + refusal.errno().text(), 1);
      }
    }
    return status;
  }

  private int ls(String path) {
    try {
      return answer(String.join("\n", host.sysfs().list(path)));
    } catch (KernelRefusal refusal) {
      return fail("ls: cannot access '" + path + "': " + refusal.errno().text(), 2);
    }
  }

  /** Prints the lines that came since the last call, with their level, as {@code dmesg -x -t}. */
  private int dmesg() {
    List<String> lines = new ArrayList<>();
    for (LogLine line : host.log().linesSince(logPosition)) {
      lines.add(String.format("kern  :%-7s: %s", level(line), line.text()));
    }
    logPosition = host.log().position();
    return answer(String.join("\n", lines));
  }

  private static String level(LogLine line) {
    return line.level() == LogLine.Level.WARNING ? "warn" : line.level().label();
  }

  private int write(List<String> words, String file) {
    if (!words.get(0).equals("echo")) {
      return fail("bash: only echo can be redirected here: " + words.get(0), 2);
    }
    String text = String.join(" ", words.subList(1, words.size())) + "\n";
    OpenFile open;
    try {
      open = host.sysfs().open(path(file), SysfsTree.Access.WRITE);
    } catch (KernelRefusal refusal) {
      return fail("bash: " + file + ": " + refusal.errno().text(), 1);
    }
    try {
      open.write(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      return 0;
    } catch (KernelRefusal refusal) {
      return fail("bash: echo: write error: " + refusal.errno().text(), 1);
    }
  }
}
