package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.host.HostPath;

/**
 * The file that holds the number of the process while it lives, locked so that no second process
 * takes it. Source: util/oslib-posix.c (qemu_write_pidfile) and softmmu/vl.c of QEMU 7.2.
 *
 * <p>At the end the file itself is deleted, not a link to it. QEMU also deletes a device that it
 * cannot truncate; here it stays.
 */
final class PidFile implements AutoCloseable {
  private static final String OWNER = "rw-------";

  private final @Nullable FileChannel file;
  private final Path path;

  private PidFile(@Nullable FileChannel file, Path path) {
    this.file = file;
    this.path = path;
  }

  /** Writes the file that the command line wants, if it wants one. */
  static PidFile write(CommandLine line) throws Exit {
    Optional<String> name = line.last("pidfile");
    if (name.isEmpty()) {
      return new PidFile(null, Path.of(""));
    }
    try {
      return write(name.get());
    } catch (IOException refused) {
      throw line.failure("cannot create PID file: " + refused.getMessage() + "\n");
    }
  }

  private static PidFile write(String name) throws IOException {
    FileChannel file = open(name);
    try {
      if (file.tryLock() == null) {
        throw failure("Cannot lock pid file", Errno.EAGAIN);
      }
      if (!Files.isRegularFile(HostPath.of(name))) {
        throw failure("Failed to truncate pid file", Errno.EINVAL);
      }
      file.truncate(0);
      String number = ProcessHandle.current().pid() + "\n";
      file.write(ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII)));
      return new PidFile(file, HostPath.of(name).toRealPath());
    } catch (IOException refused) {
      file.close();
      throw refused;
    }
  }

  private static FileChannel open(String name) throws IOException {
    try {
      return HostFiles.open(name, OWNER);
    } catch (IOException refused) {
      throw failure("Could not create '" + name + "'", Errno.of(refused));
    }
  }

  private static IOException failure(String what, Errno why) {
    return new IOException(what + ": " + why.text());
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(path);
      file.close();
    }
  }
}
