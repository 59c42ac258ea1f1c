package org.vfioap.place;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;

/** Starts a machine by the script that the launcher uses, which lies in this jar. */
final class MachineStart {
  private static final List<String> SCRIPTS =
      List.of(
          "ap-check.sh",
          "boot.sh",
          "enter.sh",
          "furnish.sh",
          "guest-init.sh",
          "guest.sh",
          "init.sh",
          "kmod.sh",
          "libvirtd.sh",
          "machine.sh",
          "power.sh",
          "seccomp.pl",
          "watch.sh");

  /** Whose jars the daemon needs; those without a name here are found through one of them. */
  private static final List<String> ON_CLASS_PATH =
      List.of(
          "org.snakeyaml.engine.v2.api.Load",
          "com.sun.jna.Native",
          "com.fasterxml.jackson.core.JsonFactory");

  private static final AtomicInteger STARTED = new AtomicInteger();

  private final Path folder;
  private final MachineOptions options;
  private final String name;

  private MachineStart(Path folder, MachineOptions options) {
    this.folder = folder;
    this.options = options;
    String unused = "java-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet();
    name = options.name().orElse(unused);
  }

  static RunningMachine of(Machine machine, MachineOptions options) throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("vfioap");
      try {
        return new MachineStart(folder, options).run(machine);
      } finally {
        delete(folder);
      }
    } catch (IOException broken) {
      throw new Refused("the machine does not start: " + broken.getMessage());
    }
  }

  private RunningMachine run(Machine machine) throws IOException, InterruptedException {
    for (String script : SCRIPTS) {
      unpack(script);
    }
    Path file = Files.writeString(folder.resolve("machine.yaml"), machine.toYaml());
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command(file)).redirectError(errors.toFile());
    builder.environment().putAll(environment());
    Process process = builder.start();
    awaitReady(process);
    return RunningMachine.find(name)
        .orElseThrow(() -> new Refused(said(errors, "the machine " + name + " has ended")));
  }

  private void unpack(String script) throws IOException {
    try (InputStream in = MachineStart.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IOException("the jar lacks " + script);
      }
      Files.copy(in, folder.resolve(script));
    }
  }

  private List<String> command(Path file) {
    List<String> command =
        new ArrayList<>(List.of("sh", folder.resolve("machine.sh").toString(), "run"));
    command.addAll(List.of(file.toString(), "--name", name));
    if (options.withHost()) {
      command.add("--with-host");
    }
    if (options.emulator().isPresent()) {
      command.add("--libvirtd");
    }
    return command;
  }

  private Map<String, String> environment() throws IOException {
    return Map.of(
        "VFIOAP_HELD", options.detached() ? "" : "1",
        "self", "vfioap",
        "place", folder.toString(),
        "jar", classPath(),
        "java", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "archive", folder.resolve("none").toString(),
        "installed", options.emulator().map(Path::toAbsolutePath).map(Path::toString).orElse(""),
        "VFIOAP_GIVEN_EMULATOR", options.emulator().isPresent() ? "1" : "",
        "VFIOAP_DAEMON", PlaceDaemon.class.getName());
  }

  /** The same on a class path and on a module path. */
  private static String classPath() throws IOException {
    Set<String> places = new LinkedHashSet<>();
    places.add(placeOf(MachineStart.class));
    places.add(placeOf(Machine.class));
    places.add(placeOf(ApHost.class));
    for (String each : ON_CLASS_PATH) {
      try {
        places.add(placeOf(Class.forName(each)));
      } catch (ClassNotFoundException missing) {
        throw new IOException("a machine needs " + each + " on the class path", missing);
      }
    }
    return String.join(":", places);
  }

  private static String placeOf(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException unusable) {
      throw new IOException(unusable);
    }
  }

  /** A machine that outlives this program is there when the script ends. */
  private void awaitReady(Process process) throws IOException, InterruptedException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    Path errors = folder.resolve("errors");
    try {
      if (firstLine(out) == null || (options.detached() && process.waitFor() != 0)) {
        process.waitFor();
        throw new Refused(said(errors, "the machine does not start"));
      }
    } catch (InterruptedException stopped) {
      process.destroy();
      throw stopped;
    }
  }

  /** A read of a pipe cannot be interrupted, so another thread reads. */
  private static @Nullable String firstLine(BufferedReader out)
      throws InterruptedException, IOException {
    try {
      return Background.call("machine", out::readLine).get();
    } catch (ExecutionException failed) {
      throw new IOException(String.valueOf(failed.getCause()), failed);
    }
  }

  private static String said(Path errors, String otherwise) {
    try {
      String text =
          Files.readString(errors)
              .lines()
              .map(line -> line.startsWith("vfioap: ") ? line.substring("vfioap: ".length()) : line)
              .collect(Collectors.joining("\n"));
      return text.isBlank() ? otherwise : text;
    } catch (IOException unreadable) {
      return otherwise;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
