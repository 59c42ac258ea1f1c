package org.vfioap.vm;

import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import org.vfioap.fuse.OpenedFile;
import org.vfioap.fuse.RegularFile;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * A file below /dev: what a driver does by ioctl is a line that is written to it.
 *
 * @param mode its permission bits
 * @param opener opens it for a process, for reading or writing
 */
record DeviceFile(int mode, BiFunction<Caller, Access, Handle> opener) implements RegularFile {
  @Override
  public long size() {
    return 0;
  }

  @Override
  public OpenedFile open(Access access, int thread) {
    return opener.apply(Caller.of(thread), access);
  }

  static KernelRefusal invalid(String line) {
    return KernelRefusal.of(Errno.EINVAL, "'" + line + "' is no request to this device");
  }

  /** An open device; there is nothing to read. */
  interface Handle extends OpenedFile {
    /** Does what the line says. */
    void perform(String line);

    @Override
    default byte[] read(long offset, int size) {
      throw KernelRefusal.of(Errno.EINVAL, "there is nothing to read");
    }

    @Override
    default int write(byte[] data) {
      perform(new String(data, StandardCharsets.UTF_8).strip());
      return data.length;
    }
  }
}
