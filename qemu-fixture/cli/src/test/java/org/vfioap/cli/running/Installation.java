package org.vfioap.cli.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A copy of the built program that every user may read, since a checkout may be private. */
final class Installation {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  private static final String SCRIPTS =
      "qemu-fixture/sysfs-mount/src/main/resources/org/vfioap/place";
  private static final String LIBRARIES = "qemu-fixture/cli/target/lib";
  private static final String EMULATOR = "qemu-fixture/cli/target/emulator";
  private static final String S390_TOOLS = "qemu-fixture/cli/target/s390-tools";
  private static final String JAR = "qemu-fixture/cli/target/vfioap.jar";

  private static final AtomicBoolean BUILT = new AtomicBoolean();

  private final Path directory;

  private Installation(Path directory) {
    this.directory = directory;
  }

  /** Copies the program into an empty directory. */
  static Installation into(Path directory) {
    Installation installation = new Installation(directory);
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      installation.copy("vfioap");
      installation.copy(JAR);
      installation.copyAll(LIBRARIES);
      installation.copyAll(SCRIPTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return installation;
  }

  private void copyAll(String folder) throws IOException {
    try (Stream<Path> files = Files.list(CHECKOUT.resolve(folder))) {
      for (Path file : files.toList()) {
        copy(folder + "/" + file.getFileName());
      }
    }
  }

  private void copy(String file) throws IOException {
    Path target = directory.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(CHECKOUT.resolve(file), target);
  }

  /** Adds the emulated QEMU; it is built once for the checkout. */
  void addEmulator() {
    Path emulator = directory.resolve(EMULATOR);
    if (Files.exists(emulator)) {
      return;
    }
    try {
      build();
      // Archives of classes know the jar by its time.
      run("cp", "-a", EMULATOR, emulator.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One after another, and only the first builds: others use what they find. */
  private static void build() throws IOException {
    synchronized (BUILT) {
      if (!BUILT.getAndSet(true)) {
        run(CHECKOUT.resolve("vfioap").toString(), "install-emulator", EMULATOR);
      }
    }
  }

  /** Returns a folder whose bin has lszcrypt and others for s390x, if they have been fetched. */
  Path s390Tools() {
    Path tools = directory.resolve(S390_TOOLS);
    if (Files.exists(CHECKOUT.resolve(S390_TOOLS)) && !Files.exists(tools)) {
      try {
        run("cp", "-a", S390_TOOLS, tools.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return tools;
  }

  private static void run(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(CHECKOUT.toFile());
    builder.environment().put("VFIOAP_BUILDING", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  /** Returns the path of the program. */
  String program() {
    return directory.resolve("vfioap").toString();
  }
}
