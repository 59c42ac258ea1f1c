package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file that holds the number of the process while it lives. Source: util/oslib-posix.c of 7.2.
 */
final class PidFile implements AutoCloseable {
  private final Optional<Path> path;

  private PidFile(Optional<Path> path) {
    this.path = path;
  }

  /** Writes the file that the command line wants, if it wants one. */
  static PidFile write(CommandLine line) throws Exit {
    Optional<String> name = line.last("pidfile");
    Optional<Path> path = name.isPresent() ? Optional.of(Path.of(name.get())) : Optional.empty();
    if (path.isPresent()) {
      try {
        write(path.get(), ProcessHandle.current().pid() + "\n");
      } catch (IOException refused) {
        throw line.failure(
            "cannot create PID file: Could not create '"
                + path.get()
                + ("': " + reason(path.get(), refused) + "\n"));
      }
    }
    return new PidFile(path);
  }

  /** A new file is for the user alone; one that is there keeps its mode. */
  private static void write(Path path, String text) throws IOException {
    Set<OpenOption> create =
        Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);
    FileAttribute<?> owner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (SeekableByteChannel file = Files.newByteChannel(path, create, owner)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  private static String reason(Path path, IOException refused) {
    if (refused instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (path.toString().isEmpty()) {
      return "No such file or directory";
    }
    String system = refused instanceof FileSystemException file ? file.getReason() : null;
    return system == null ? "No such file or directory" : system;
  }

  @Override
  public void close() throws IOException {
    if (path.isPresent()) {
      Files.deleteIfExists(path.get());
    }
  }
}
