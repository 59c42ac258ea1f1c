package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Records what the program prints and returns from at once: version, help texts, options. */
final class TextRecorder {
  private final Path program;

  TextRecorder(Path program) {
    this.program = program;
  }

  void record(RecordingFile out) throws IOException, InterruptedException {
    String usage = run("-help").out;
    out.add("version", run("--version").out);
    out.add("help", usage);
    for (String option : List.of("-device", "-cpu", "-machine", "-accel", "-object", "-chardev")) {
      boolean machine = option.equals("-machine");
      Printed help = machine ? run(option, "help") : run("-machine", "none", option, "help");
      out.add(option + " help", help.out);
    }
    helpOfTypes(out);
    StringBuilder options = new StringBuilder();
    for (String option : options(usage)) {
      boolean takesArgument =
          run("0.3", new String[] {"-" + option}).err.contains("requires an argument");
      options.append(option).append(takesArgument ? " argument" : "").append('\n');
    }
    out.add("options", options.toString());
  }

  /** Records the texts of single types and of options that print a list and end. */
  private void helpOfTypes(RecordingFile out) throws IOException, InterruptedException {
    for (String machine : List.of("none", "s390-ccw-virtio")) {
      add(out, "-machine", machine + ",help");
    }
    for (String line : run("-object", "help").out.lines().skip(1).toList()) {
      add(out, "-object", line.strip() + ",help");
    }
    for (String option : List.of("-display", "-audiodev", "-netdev", "-d", "-vga", "-L")) {
      add(out, option, "help");
    }
    for (String option : List.of("-global", "-msg", "-iscsi", "-add-fd", "-vnc", "-spice")) {
      add(out, option, "help");
    }
    add(out, "-boot", "help");
    add(out, "-tpmdev", "help");
    add(out, "-drive", "format=help");
    out.add("-audio-help", run("-audio-help").out);
  }

  /** Records the names of what can be traced. */
  void recordEvents(RecordingFile out) throws IOException, InterruptedException {
    out.add("events", run("-trace", "help").out);
  }

  /** Records a text, and under its own name what goes to standard error beside it. */
  private void add(RecordingFile out, String option, String value)
      throws IOException, InterruptedException {
    Printed printed = run(option, value);
    out.add(option + " " + value, printed.out);
    if (!printed.err.isEmpty()) {
      out.add(option + " " + value + " complains", printed.err);
    }
  }

  private static Set<String> options(String help) {
    Set<String> names = new TreeSet<>();
    help.lines()
        .filter(line -> line.startsWith("-"))
        .flatMap(line -> Arrays.stream(line.split("[ ,=]", 2)[0].split("/")))
        .map(name -> name.replaceFirst("^--?", ""))
        .filter(name -> !name.isEmpty() && !name.equals("daemonize"))
        .forEach(names::add);
    return names;
  }

  /** Runs what ends by itself. */
  private Printed run(String... arguments) throws IOException, InterruptedException {
    return run("10", arguments);
  }

  private Printed run(String seconds, String[] arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("timeout", seconds, program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return new Printed(out, err);
  }

  private record Printed(String out, String err) {}
}
