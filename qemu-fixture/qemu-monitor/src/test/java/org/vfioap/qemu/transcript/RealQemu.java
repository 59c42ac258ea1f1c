package org.vfioap.qemu.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The qemu-system-s390x that is installed, in a process of its own. */
final class RealQemu implements Program {
  static final Path PATH = Path.of("/usr/bin/qemu-system-s390x");

  /** QEMU 7.2 greets twice if a client comes in the first millisecond. */
  private static final long SETTLE_MS = 150;

  private final Process process;
  private final Path out;
  private final Path err;

  private RealQemu(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Program start(List<String> arguments, Path directory)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PATH.toString()));
    command.addAll(arguments);
    Path out = Files.createTempFile("qemu", ".out");
    Path err = Files.createTempFile("qemu", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    RealQemu qemu = new RealQemu(builder.start(), out, err);
    qemu.pause(SETTLE_MS);
    return qemu;
  }

  /** Returns what {@code --version} prints first; empty if the program is absent. */
  static String version() throws IOException {
    if (!Files.isExecutable(PATH)) {
      return "";
    }
    Process process = new ProcessBuilder(PATH.toString(), "--version").start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).split("\n", 2)[0];
  }

  @Override
  public void signal(String name) throws IOException, InterruptedException {
    String number = name.replaceFirst("^SIG", "");
    new ProcessBuilder("kill", "-" + number, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public int status(long patience, TimeUnit unit) throws InterruptedException {
    return process.waitFor(patience, unit) ? process.exitValue() : -1;
  }

  @Override
  public void pause(long millis) throws InterruptedException {
    process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public String out() throws IOException {
    return Files.readString(out);
  }

  @Override
  public String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    } catch (IOException | InterruptedException leftBehind) {
      throw new IllegalStateException(leftBehind);
    }
  }
}
