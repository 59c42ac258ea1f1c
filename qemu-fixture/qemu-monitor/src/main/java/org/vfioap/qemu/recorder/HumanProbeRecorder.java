package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Types each command of the human monitor once with its mandatory arguments, and once with all of
 * them; they name nothing: a text is {@code @NAME@}, a number {@value #NUMBER}.
 */
final class HumanProbeRecorder {
  /** The number that stands for every number. */
  static final String NUMBER = "7919";

  private static final Set<String> UNSAFE =
      Set.of(
          "quit|q",
          "gdbserver",
          "logfile",
          "screendump",
          "wavcapture",
          "dump-guest-memory",
          "memsave",
          "pmemsave",
          "migrate",
          "migrate_incoming",
          "cont|c",
          "help|?",
          "info");

  private final Path program;
  private final String[] arguments;

  HumanProbeRecorder(Path program, String... arguments) {
    this.program = program;
    this.arguments = arguments.clone();
  }

  /** Records the commands and topics, whose lines hold name and argument types. */
  void record(List<String> commands, List<String> topics, RecordingFile out)
      throws IOException, InterruptedException {
    for (String line : commands) {
      String[] fields = line.split("\t", -1);
      if (!UNSAFE.contains(fields[0])) {
        probes(fields[0].split("\\|", 2)[0], fields[1], out);
      }
    }
    for (String line : topics) {
      String[] fields = line.split("\t", -1);
      if (!fields[1].isEmpty() && !fields[0].equals("trace-events")) {
        probes("info " + fields[0], fields[1], out);
      }
    }
    probe("help log", "help log", out);
    probe("info profile", "info profile", out);
    probe("info sync-profile", "info sync-profile", out);
  }

  private void probes(String name, String types, RecordingFile out)
      throws IOException, InterruptedException {
    probe("human " + name, name + words(types, false), out);
    probe("human " + name + " all", name + words(types, true), out);
  }

  private static String words(String types, boolean all) {
    StringBuilder words = new StringBuilder();
    for (String type : types.isEmpty() ? new String[0] : types.split(",", -1)) {
      int colon = type.indexOf(':');
      boolean mandatory = !type.endsWith("?") && !type.endsWith(".");
      if (all || mandatory) {
        words.append(word(type.substring(0, colon), type.charAt(colon + 1)));
      }
    }
    return words.toString();
  }

  private static String word(String name, char type) {
    return switch (type) {
      case '-', '/' -> "";
      case 'b' -> " on";
      case 'i', 'l', 'M', 'o', 'T' -> " " + NUMBER;
      default -> " @" + name + "@";
    };
  }

  private void probe(String name, String line, RecordingFile out)
      throws IOException, InterruptedException {
    try (LiveQemu qemu = LiveQemu.start(program, arguments)) {
      String text = qemu.human(line);
      if (qemu.takeEvents().isEmpty()) {
        out.add(name, text);
      }
    } catch (IOException crashed) {
      out.add(name + " crashes", "");
    }
  }
}
