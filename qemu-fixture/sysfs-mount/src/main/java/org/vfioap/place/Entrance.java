package org.vfioap.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The way into a machine for commands. The shell's way is {@code enter} in machine.sh. */
final class Entrance {
  private final RunningMachine machine;

  Entrance(RunningMachine machine) {
    this.machine = machine;
  }

  /** Returns a builder of a command that runs behind one of the scripts in the machine. */
  ProcessBuilder command(String script, List<String> command, String... before) {
    List<String> words = new ArrayList<>(List.of("nsenter", "-t", Long.toString(machine.pid())));
    if (!isOfThisUserNamespace()) {
      words.addAll(List.of("-U", "--preserve-credentials"));
    }
    words.addAll(List.of("-m", "-n", "-p", "-i", "-u", "--", "setpriv", "--pdeathsig", "TERM"));
    words.addAll(List.of("sh", "/run/vfioap/" + script));
    words.addAll(List.of(before));
    words.addAll(command);
    return new ProcessBuilder(words);
  }

  /** Returns a command behind the folder that the scripts change to. */
  static List<String> behindFolder(String... command) {
    if (command.length == 0) {
      throw new IllegalArgumentException("a command has at least one word: the program");
    }
    return Stream.concat(Stream.of(Path.of("").toAbsolutePath().toString()), Stream.of(command))
        .toList();
  }

  private boolean isOfThisUserNamespace() {
    try {
      return Files.isSameFile(
          Path.of("/proc/" + machine.pid() + "/ns/user"), Path.of("/proc/self/ns/user"));
    } catch (IOException gone) {
      throw new Refused("the machine " + machine.name() + " has ended");
    }
  }

  /** Runs it without input; who is interrupted ends it. */
  static Execution run(ProcessBuilder builder) throws InterruptedException {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Future<String> output = text(process.getInputStream());
      Future<String> errors = text(process.getErrorStream());
      try {
        int status = process.waitFor();
        return new Execution(status, output.get(), errors.get());
      } finally {
        process.destroy();
      }
    } catch (IOException | ExecutionException broken) {
      throw new Refused(String.valueOf(broken.getMessage()));
    }
  }

  private static Future<String> text(InputStream stream) {
    return Background.call(
        "output", () -> new String(stream.readAllBytes(), StandardCharsets.UTF_8));
  }
}
