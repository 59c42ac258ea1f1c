package org.vfioap.qemu.descriptor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the installed program has the native part of what calls the C library. */
public final class NativeLibraries {
  private NativeLibraries() {}

  /** Says so to JNA, which would otherwise unpack its own; to be called before it is used. */
  public static void prepare() {
    Path beside = installed();
    if (Files.exists(beside.resolve("libjnidispatch.so"))) {
      System.setProperty("jna.boot.library.path", beside.toString());
      System.setProperty("jna.nounpack", "true");
      // Else it would run ldconfig to find libraries; the C library is there already.
      System.setProperty("jna.platform.library.path", beside.toString());
    }
  }

  /** Returns the directory of the program's jar. */
  private static Path installed() {
    String jar = System.getProperty("java.class.path", "").split(":", 2)[0];
    Path directory = Path.of(jar).toAbsolutePath().getParent();
    return directory == null ? Path.of("/") : directory;
  }
}
