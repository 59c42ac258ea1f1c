package org.vfioap.files;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import org.vfioap.host.ApHost;

/**
 * The files of a host, through {@code java.nio.file}.
 *
 * <pre>{@code
 * Path sys = MachineFiles.sys(host);
 * Files.writeString(sys.resolve("bus/ap/apmask"), "-5\n");
 * }</pre>
 *
 * <p>One write of a channel is one write(2), of at most 4096 bytes; {@code Files.writeString} is
 * one open and one write. The user is root. What open refuses is a {@link
 * java.nio.file.FileSystemException} of the kind that the JDK throws; what read and write refuse a
 * plain {@link java.io.IOException} with the text of strerror, whose cause is the {@link
 * org.vfioap.kernel.KernelRefusal}.
 *
 * <p>Not there: {@link Path#toFile}, memory mapping, and events of a {@link
 * java.nio.file.WatchService}, of which /sys has none either.
 */
public final class MachineFiles {
  private MachineFiles() {}

  /** Returns {@code /sys} of a host as a path of a file system of its own. */
  public static Path sys(ApHost host) {
    return of(host).getPath("/sys");
  }

  /**
   * Returns a file system with {@code /sys} and {@code /dev/vfio} of a host. Who opens {@code
   * /dev/vfio/N} for writing holds the mdev in that group open until the channel is closed, as a
   * guest does.
   */
  public static FileSystem of(ApHost host) {
    return new MachineFileSystem(new MachineTree(host));
  }
}
