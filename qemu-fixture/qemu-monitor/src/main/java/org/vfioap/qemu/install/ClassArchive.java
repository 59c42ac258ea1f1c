package org.vfioap.qemu.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.vfioap.qemu.QemuMain;

/** The JDK's archive of loaded classes, which more than halves the time to the greeting. */
final class ClassArchive {
  private static final int PATIENCE_SECONDS = 10;

  private final Path library;

  private ClassArchive(Path library) {
    this.library = library;
  }

  /** Returns the archive beside the jar and the Java in {@code library}. */
  static ClassArchive in(Path library) {
    return new ClassArchive(library);
  }

  private Path file() {
    return library.resolve("classes.jsa");
  }

  boolean exists() {
    return Files.exists(file());
  }

  /** Runs sessions to see which classes they load, then writes them. */
  void build() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("archive");
    try {
      Path list = directory.resolve("classes");
      Path more = directory.resolve("more");
      Path second = Files.createDirectory(directory.resolve("second"));
      train(list, TrainingSession.onThisComputer(directory));
      train(more, TrainingSession.onDescribedHost(second));
      Set<String> classes = new LinkedHashSet<>();
      classes.addAll(names(list));
      classes.addAll(names(more));
      write(Files.write(list, classes));
    } finally {
      DirectoryTree.delete(directory);
    }
  }

  /**
   * Returns the lines of a list in a form in which two lists make one: from Java 19 on they have
   * numbers of their own, and classes of other loaders.
   */
  private static List<String> names(Path list) throws IOException {
    return Files.readAllLines(list).stream()
        .filter(line -> !line.startsWith("#") && !line.contains(" source: "))
        .map(line -> line.replaceFirst(" id: .*", ""))
        .toList();
  }

  private void train(Path list, TrainingSession session) throws IOException, InterruptedException {
    Process emulator = emulator(list, session);
    try {
      session.talk(emulator);
      emulator.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      emulator.destroyForcibly().waitFor();
    }
  }

  private void write(Path list) throws IOException, InterruptedException {
    // Only G1 writes objects into the archive; the settings of the heap are those of the script.
    List<String> arguments =
        List.of(
            "-Xshare:dump",
            "-XX:+UseG1GC",
            "-Xmx384m",
            "-XX:SharedClassListFile=" + list,
            "-XX:SharedArchiveFile=" + file());
    start(Map.of(), arguments).waitFor();
  }

  private Process emulator(Path list, TrainingSession session) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Xshare:auto");
    arguments.add("-XX:DumpLoadedClassList=" + list);
    arguments.add("-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider");
    arguments.add(QemuMain.class.getName());
    arguments.add("qemu-system-s390x");
    arguments.addAll(session.arguments());
    return start(session.environment(), arguments);
  }

  private Process start(Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(library.resolve("java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(
        List.of("-cp", library.resolve("qemu-monitor.jar") + ":" + library.resolve("jna.jar")));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
