package org.vfioap.qemu.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** Runs one session to see which classes it loads, then writes them. */
  void build() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("archive");
    try {
      Path list = directory.resolve("classes");
      train(list, new TrainingSession(directory));
      write(list);
    } finally {
      DirectoryTree.delete(directory);
    }
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
    start(
            "-Xshare:dump",
            "-XX:+UseG1GC",
            "-Xmx384m",
            "-XX:SharedClassListFile=" + list,
            "-XX:SharedArchiveFile=" + file())
        .waitFor();
  }

  private Process emulator(Path list, TrainingSession session) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Xshare:auto");
    arguments.add("-XX:DumpLoadedClassList=" + list);
    arguments.add("-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider");
    arguments.add(QemuMain.class.getName());
    arguments.add("qemu-system-s390x");
    arguments.addAll(session.arguments());
    return start(arguments.toArray(new String[0]));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(library.resolve("java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(
        List.of("-cp", library.resolve("qemu-monitor.jar") + ":" + library.resolve("jna.jar")));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
