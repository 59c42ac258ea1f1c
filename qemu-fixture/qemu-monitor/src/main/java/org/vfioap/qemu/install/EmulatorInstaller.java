package org.vfioap.qemu.install;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.vfioap.qemu.QemuMain;

/**
 * Writes a self-contained {@code qemu-system-s390x}: a script, and beside it a directory with the
 * jar, a link to the Java that installed it and an archive of loaded classes. The script needs no
 * environment; without Java's link it takes the one in PATH, without the archive it starts slower.
 */
public final class EmulatorInstaller {
  private static final String PROGRAM = "qemu-system-s390x";
  private static final String LIBRARY = "qemu-monitor";

  private EmulatorInstaller() {}

  /**
   * Installs into {@code directory} and returns the program's path. An archive that is there
   * already is kept if the jar has not changed.
   *
   * @throws IOException if a file cannot be written or this code does not run from a jar
   */
  public static Path install(Path directory) throws IOException, InterruptedException {
    Path library = Files.createDirectories(directory.resolve(LIBRARY));
    Path jar = library.resolve("qemu-monitor.jar");
    boolean changed = copyJar(jar);
    linkJava(library.resolve("java"));
    Path program = directory.resolve(PROGRAM);
    try (InputStream script = EmulatorInstaller.class.getResourceAsStream(PROGRAM)) {
      if (script == null) {
        throw new IOException("the jar lacks the script " + PROGRAM);
      }
      Files.copy(script, program, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path archive = library.resolve("classes.jsa");
    if (changed || !Files.exists(archive)) {
      ClassArchive.build(program, jar, archive);
    }
    return program.toAbsolutePath();
  }

  private static boolean copyJar(Path target) throws IOException {
    Path own = ownJar();
    if (!Files.isRegularFile(own)) {
      throw new IOException("the emulator is installed from its jar, this runs from " + own);
    }
    if (Files.exists(target) && Files.mismatch(own, target) < 0) {
      return false;
    }
    Files.copy(own, target, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static Path ownJar() throws IOException {
    try {
      return Path.of(QemuMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException unusable) {
      throw new IOException(unusable);
    }
  }

  private static void linkJava(Path link) throws IOException {
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, ClassArchive.java());
  }
}
