package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;
import org.apache.commons.exec.environment.EnvironmentUtils;

/** A user of this computer who calls programs. */
final class Caller {
  /** Users without a name; different for each run and class: nobody else's machines are met. */
  private static final int FIRST_USER = 60_000;

  private static final int RUNS = 50;
  private static final int CLASSES = 100;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final boolean ordinary;
  private final List<String> prefix;
  private final Path home;

  private Caller(boolean ordinary, List<String> prefix, Path home) {
    name = ordinary ? "an ordinary user" : "root";
    this.ordinary = ordinary;
    this.prefix = prefix;
    this.home = home;
  }

  /**
   * Returns who can call programs here: root and an ordinary user, or this ordinary user alone.
   *
   * @param directory for their homes
   */
  static List<Caller> all(Path directory) {
    try {
      Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      Path home = Files.createDirectory(directory.resolve("home"));
      if (!self.equals(0)) {
        return List.of(new Caller(true, List.of(), home));
      }
      Path other = Files.createDirectory(directory.resolve("other"));
      int user = newUser();
      Files.setAttribute(other, "unix:uid", user);
      String id = String.valueOf(user);
      List<String> drop = List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups");
      return List.of(new Caller(false, List.of(), home), new Caller(true, drop, other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int newUser() {
    int run = (int) (ProcessHandle.current().pid() % RUNS);
    return FIRST_USER + run * CLASSES + COUNT.getAndIncrement() % CLASSES;
  }

  /** Tells whether this is not root. */
  boolean isOrdinary() {
    return ordinary;
  }

  /** Returns a directory that the caller may write to. */
  Path home() {
    return home;
  }

  /** Runs a program to its end, which must come soon. */
  ProgramRun run(String... command) {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of(command));
    CommandLine line = new CommandLine(words.get(0));
    words.stream().skip(1).forEach(word -> line.addArgument(word, false));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    DefaultExecutor executor = DefaultExecutor.builder().setWorkingDirectory(home.toFile()).get();
    executor.setStreamHandler(new PumpStreamHandler(out, err));
    ExecuteWatchdog watchdog = ExecuteWatchdog.builder().setTimeout(PATIENCE).get();
    executor.setWatchdog(watchdog);
    executor.setExitValues(null);
    try {
      int status = executor.execute(line, environment());
      // What it said until then must not pass for all that it says.
      assertThat(watchdog.killedProcess()).as("does not end: %s%n%s%n%s", line, out, err).isFalse();
      return new ProgramRun(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a program; both its streams go to {@link Process#getInputStream}. */
  Process start(String... command) throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
    builder.environment().putAll(environment());
    return builder.redirectErrorStream(true).start();
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>(EnvironmentUtils.getProcEnvironment());
    environment.put("HOME", home.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("VFIOAP_BUILDING", "1");
    environment.put("LC_ALL", "C");
    return environment;
  }

  /** Skips the test where this computer lets the user have no machine. */
  void needsMachines(Installation installation) {
    ProgramRun run = run(installation.program(), "run", "empty", "--", "true");
    if (run.status() != 0) {
      abort("no machine can run here for " + name + ": " + run.err());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
