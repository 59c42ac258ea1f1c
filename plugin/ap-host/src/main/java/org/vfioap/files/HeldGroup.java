package org.vfioap.files;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.MdevState;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.OpenMdev;

/**
 * {@code /dev/vfio/N} held open. What a driver does by ioctl is a line that is written: {@code
 * device UUID} and {@code reset}, as in a mounted machine.
 */
final class HeldGroup implements OpenedFile {
  private static final String DEVICE = "device ";

  private final MdevState mdev;
  private final @Nullable OpenMdev open;
  private final Runnable release;

  HeldGroup(MdevState mdev, @Nullable OpenMdev open, Runnable release) {
    this.mdev = mdev;
    this.open = open;
    this.release = release;
  }

  @Override
  public int write(byte[] bytes) {
    String line = new String(bytes, StandardCharsets.ISO_8859_1).strip();
    if (line.equals("reset") && open != null) {
      open.reset();
    } else if (!line.startsWith(DEVICE)) {
      throw KernelRefusal.of(Errno.EINVAL, "'" + line + "'; allowed: device UUID, reset");
    } else if (!line.substring(DEVICE.length()).equals(mdev.uuid())) {
      throw KernelRefusal.of(
          Errno.ENODEV, "group " + mdev.group() + " has no such device: " + line);
    }
    return bytes.length;
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
    release.run();
  }
}
