package org.vfioap.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A directory for the sockets of one guest, whose paths fit an address of 107 bytes. It goes when
 * it is closed, or else when the JVM ends.
 */
final class SocketDirectory implements AutoCloseable {
  private static final int LONGEST_ADDRESS = 107;

  /** What createTempDirectory and the name of a socket add. */
  private static final int LONGEST_TAIL = "/qemu".length() + 20 + "/observer".length();

  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
  private static final List<String> SOCKETS = List.of("qmp", "observer");

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SocketDirectory::deleteAll, "qemu sockets"));
  }

  private final Path directory;

  private SocketDirectory(Path directory) {
    this.directory = directory;
    OPEN.add(directory);
  }

  static SocketDirectory create() throws IOException {
    return new SocketDirectory(Files.createTempDirectory(parent(), "qemu"));
  }

  private static Path parent() throws IOException {
    Path usual = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath();
    return Stream.of(usual, Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/dev/shm"))
        .filter(SocketDirectory::fits)
        .filter(Files::isWritable)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    usual
                        + " (java.io.tmpdir) is too long for the address of a socket, and nobody"
                        + " may write to /tmp; set -Djava.io.tmpdir to a path of at most "
                        + (LONGEST_ADDRESS - LONGEST_TAIL)
                        + " bytes"));
  }

  private static boolean fits(Path parent) {
    int length = parent.toString().getBytes(StandardCharsets.UTF_8).length;
    return length + LONGEST_TAIL <= LONGEST_ADDRESS;
  }

  Path qmp() {
    return directory.resolve("qmp");
  }

  Path observer() {
    return directory.resolve("observer");
  }

  @Override
  public void close() throws IOException {
    OPEN.remove(directory);
    delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    for (String socket : SOCKETS) {
      Files.deleteIfExists(directory.resolve(socket));
    }
    Files.deleteIfExists(directory);
  }

  private static void deleteAll() {
    for (Path each : OPEN) {
      try {
        delete(each);
      } catch (IOException kept) {
        System.err.println("vfioap: " + each + " stays: " + kept.getMessage());
      }
    }
  }
}
