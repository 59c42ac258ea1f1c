package org.vfioap.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Mounts and unmounts: by the system calls where they are allowed, else by fusermount3, which any
 * user may run for a directory of his own.
 */
final class Mounter {
  private static final String DEVICE = "/dev/fuse";
  private static final String TYPE = "fuse.vfioap";

  private Mounter() {}

  /**
   * Mounts on a directory and returns the descriptor on which the kernel asks.
   *
   * @throws MountException if this computer refuses
   */
  static int mount(Path directory) {
    if (isMounted(directory)) {
      unmount(directory);
    }
    int device = LibC.open(DEVICE, LibC.O_RDWR | LibC.O_CLOEXEC);
    if (device < 0) {
      throw new MountException(
          "cannot open "
              + DEVICE
              + ": "
              + LibC.text(LibC.errno())
              + "; load the module fuse, and let your user read and write the device");
    }
    String options =
        String.format(
            "fd=%d,rootmode=40000,user_id=%d,group_id=%d,allow_other,default_permissions",
            device, LibC.getuid(), LibC.getgid());
    int flags = LibC.MS_NOSUID | LibC.MS_NODEV;
    if (LibC.mount("vfioap", directory.toString(), TYPE, flags, options) == 0) {
      return device;
    }
    int errno = LibC.errno();
    LibC.close(device);
    if (errno == LibC.EPERM && LibC.getuid() != 0) {
      return Fusermount.mount(directory);
    }
    throw new MountException("cannot mount on " + directory + ": " + LibC.text(errno));
  }

  /** Unmounts, also under programs that still use files. */
  static void unmount(Path directory) {
    String target = directory.toString();
    boolean done =
        LibC.umount2(target, LibC.MNT_FORCE | LibC.MNT_DETACH) == 0
            || LibC.umount2(target, LibC.MNT_DETACH) == 0;
    if (!done && LibC.errno() == LibC.EPERM) {
      Fusermount.unmount(directory);
    }
  }

  /** Tells whether a machine is mounted on the directory, or was by a process that is gone. */
  static boolean isMounted(Path directory) {
    String wanted = directory.toString().replace("\\", "\\134").replace(" ", "\\040");
    return mounts().stream()
        .map(line -> line.split(" ", -1))
        .anyMatch(words -> words[4].equals(wanted) && List.of(words).contains(TYPE));
  }

  private static List<String> mounts() {
    try {
      return Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1);
    } catch (IOException hidden) {
      return List.of();
    }
  }
}
