package org.vfioap.translation.files;

import java.nio.file.Path;
import java.util.List;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelRefusal;

/**
 * The files of a host, by their paths from {@code /}.
 *
 * <p>What a system call would refuse is a {@link KernelRefusal} with its errno.
 */
public interface HostFiles {
  /** Returns the files of an emulated host in this process. */
  static HostFiles of(ApHost host) {
    return new EmulatedFiles(host);
  }

  /**
   * Returns the files of a running system.
   *
   * @param root where its {@code /} is
   */
  static HostFiles below(Path root) {
    return new RootFiles(root);
  }

  /** Tells whether a path leads to something. */
  boolean exists(String path);

  /** Reads a file. */
  String read(String path);

  /** Writes a value and a newline with one system call. */
  void write(String path, String value);

  /** Returns the names in a directory, sorted. */
  List<String> list(String path);

  /** Returns the text of a symbolic link. */
  String readLink(String path);

  /** Performs a write. */
  default void write(SysfsWrite write) {
    write(write.path(), write.value());
  }
}
