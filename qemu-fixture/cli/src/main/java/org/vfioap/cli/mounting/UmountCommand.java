package org.vfioap.cli.mounting;

import java.nio.file.Path;
import org.vfioap.cli.message.UserError;
import org.vfioap.fuse.FuseMount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Unmounts what {@code vfioap mount} mounted. */
@Command(
    name = "umount",
    mixinStandardHelpOptions = true,
    header = "Unmounts a machine that 'vfioap mount' mounted.",
    description =
        "The 'vfioap mount' of that directory ends. If it was killed, what it left is cleaned away.")
public final class UmountCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "DIR", description = "The directory.")
  private Path directory;

  @Override
  public void run() {
    Path absolute = directory.toAbsolutePath().normalize();
    if (!FuseMount.unmount(absolute)) {
      throw new UserError("no machine is mounted on " + absolute);
    }
  }
}
