package org.vfioap.lab;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Mounts and a network of their own, for the processes of a test. */
public enum Namespace {
  /** Of the user who runs the test; only root can have them. */
  OF_ROOT("unshare -mn --propagation private"),
  /** In a user namespace; if root runs the test, of a user without any rights. */
  OF_ANYBODY("unshare -Urmn --propagation private");

  /** What keeps Java from 24 on from warning of JNA, on the output that tests compare. */
  public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

  private static final int LIMIT_SECONDS = 60;

  private final String enter;

  Namespace(String enter) {
    this.enter = enter;
  }

  /** Returns those that the user who runs the test can have. */
  public static Stream<Namespace> possible() {
    return isRoot() ? Stream.of(values()) : Stream.of(OF_ANYBODY);
  }

  private List<String> prefix() {
    List<String> all = new ArrayList<>();
    if (this == OF_ANYBODY && isRoot()) {
      all.addAll(NOBODY);
    }
    all.addAll(List.of(enter.split(" ", -1)));
    return all;
  }

  /** Skips the test where a program is not installed. */
  public static void requireProgram(String name) {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    if (!found) {
      abort(name + " is not installed");
    }
  }

  /** Skips the test where this computer has no such namespace. */
  public void require() throws IOException, InterruptedException {
    List<String> command = prefix();
    command.add("true");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      abort(String.join(" ", command) + ": " + out.strip());
    }
  }

  /**
   * Runs a class with a main method there and returns what it prints, both of its streams.
   *
   * @param directory an empty directory; it is the working directory, and everybody's afterwards
   */
  public String java(Path directory, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    require();
    return run(prefix(), directory, main, arguments);
  }

  /** Runs a class as {@link #java} does, but on this computer itself, as a user without rights. */
  public static String javaOfNobody(Path directory, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(isRoot() ? NOBODY : List.of(), directory, main, arguments);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String run(List<String> prefix, Path directory, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    open(directory);
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("java", NATIVE_ACCESS, "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(directory)));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile()).environment().put("HOME", "/nonexistent");
    Path out = directory.resolve("out");
    Process process = builder.redirectOutput(out.toFile()).start();
    boolean ended = process.waitFor(LIMIT_SECONDS, SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String printed = Files.readString(out);
    assertThat(ended && process.exitValue() == 0).as(printed).isTrue();
    return printed;
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /** Copies what the class path names, since it may lie where only this user can read. */
  private static String classPath(Path directory) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path copy = directory.resolve("class-path-" + copies.size());
      copy(Path.of(element), copy);
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
