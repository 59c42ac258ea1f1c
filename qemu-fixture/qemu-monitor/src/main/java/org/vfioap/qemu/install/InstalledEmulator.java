package org.vfioap.qemu.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** The emulated QEMU that this user's programs share. */
public final class InstalledEmulator {
  private InstalledEmulator() {}

  /**
   * Returns the folder of a {@code qemu-system-s390x} that belongs to this jar and this Java, below
   * {@code XDG_CACHE_HOME} or {@code ~/.cache}. It is installed there, which takes seconds, unless
   * it is there already.
   *
   * @throws IOException if it cannot be written, or this code does not run from a jar
   */
  public static synchronized Path ofThisUser() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(cache().resolve("vfioap/emulator-" + edition()));
    try (FileChannel lock =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      if (held.isValid()) {
        EmulatorInstaller.install(folder);
      }
      return folder;
    }
  }

  /** Another jar or another Java has a folder of its own, since somebody may run the old one. */
  private static String edition() throws IOException {
    CRC32C sum = new CRC32C();
    sum.update(Files.readAllBytes(EmulatorInstaller.ownJar()));
    sum.update((Runtime.version() + System.getProperty("java.home")).getBytes(UTF_8));
    return Long.toHexString(sum.getValue());
  }

  private static Path cache() {
    String set = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    return set.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(set);
  }
}
