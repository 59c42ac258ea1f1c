package org.vfioap.fuse;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The mounts of this JVM, which are to end with it, also when a signal ends it. */
final class OpenMounts {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(OpenMounts::unmountAll, "unmount"));
  }

  private OpenMounts() {}

  static void add(Path directory) {
    OPEN.add(directory);
  }

  static void remove(Path directory) {
    OPEN.remove(directory);
  }

  private static void unmountAll() {
    for (Path each : OPEN) {
      try {
        Mounter.unmount(each);
      } catch (MountException stays) {
        System.err.println("vfioap: " + stays.getMessage());
      }
    }
  }
}
