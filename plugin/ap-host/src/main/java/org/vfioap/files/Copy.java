package org.vfioap.files;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.vfioap.kernel.Errno;

/** Copying within a machine: a new file cannot be made, and an old one not be replaced. */
final class Copy {
  private Copy() {}

  /** Refuses as the JDK's calls would be refused, in their order. */
  static void copy(Path source, Path target, CopyOption... options) throws IOException {
    MachineProvider.attributes(MachinePath.cast(source), true);
    boolean replace = List.of(options).contains(StandardCopyOption.REPLACE_EXISTING);
    if (Files.exists(target)) {
      throw FileErrors.of(target.toString(), replace ? Errno.EPERM : Errno.EEXIST);
    }
    boolean directory = Files.isDirectory(source);
    throw FileErrors.of(target.toString(), directory ? Errno.EPERM : Errno.EACCES);
  }
}
