package org.vfioap.qemu.install;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.vfioap.qemu.QemuMain;
import org.vfioap.qemu.persona.QemuVersion;

/**
 * Writes a self-contained {@code qemu-system-s390x}: a script, and beside it a directory with the
 * jar, a small Java runtime and an archive of loaded classes. The script needs no environment;
 * without that Java it takes the one in PATH, without the archive it starts slower.
 */
public final class EmulatorInstaller {
  private static final String PROGRAM = "qemu-system-s390x";
  private static final String LIBRARY = "qemu-monitor";
  private static final String OWN = "#!/bin/sh\n# Poses as qemu-system-s390x.";

  private EmulatorInstaller() {}

  /** Installs {@link QemuVersion#DEFAULT}; see {@link #install(Path, QemuVersion)}. */
  public static Path install(Path directory) throws IOException, InterruptedException {
    return install(directory, QemuVersion.DEFAULT);
  }

  /**
   * Installs into {@code directory} and returns the program's path. What is there already is kept
   * if neither the jar nor the Java that runs this has changed.
   *
   * @param version which QEMU the program is, unless its environment has {@code FIXTURE_QEMU}
   * @throws IOException if a file cannot be written, another program of that name is there, or this
   *     code does not run from a jar
   */
  public static Path install(Path directory, QemuVersion version)
      throws IOException, InterruptedException {
    Path program = directory.resolve(PROGRAM);
    checkOwn(program);
    Path library = Files.createDirectories(directory.resolve(LIBRARY)).toAbsolutePath();
    boolean changed = copyJar(library.resolve("qemu-monitor.jar"));
    copyLibrary(library);
    changed |= PrivateRuntime.install(library);
    writeScript(program, version);
    ClassArchive archive = ClassArchive.in(library);
    if (changed || !archive.exists()) {
      archive.build();
    }
    return program.toAbsolutePath();
  }

  /** A real QEMU in that directory is not to be lost. */
  private static void checkOwn(Path program) throws IOException {
    if (!Files.exists(program, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    byte[] start = OWN.getBytes(StandardCharsets.UTF_8);
    boolean own = false;
    if (Files.isRegularFile(program)) {
      try (InputStream in = Files.newInputStream(program)) {
        own = Arrays.equals(in.readNBytes(start.length), start);
      }
    }
    if (!own) {
      throw new IOException(
          program + " is another program; choose another directory, or move it away first");
    }
  }

  private static void writeScript(Path program, QemuVersion version) throws IOException {
    try (InputStream script = EmulatorInstaller.class.getResourceAsStream(PROGRAM)) {
      if (script == null) {
        throw new IOException("the jar lacks the script " + PROGRAM);
      }
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(program, text.replace("@QEMU@", version.toString()));
    }
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * Copies JNA, unless it is in the same jar, and its native part, which it then need not unpack.
   */
  private static void copyLibrary(Path library) throws IOException {
    Path own = jarOf(Native.class);
    if (!own.equals(jarOf(QemuMain.class))) {
      Files.copy(own, library.resolve("jna.jar"), StandardCopyOption.REPLACE_EXISTING);
    }
    String name = "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/libjnidispatch.so";
    try (InputStream dispatch = Native.class.getResourceAsStream(name)) {
      if (dispatch != null) {
        Path target = library.resolve("libjnidispatch.so");
        Files.copy(dispatch, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  static Path ownJar() throws IOException {
    Path own = jarOf(QemuMain.class);
    if (!Files.isRegularFile(own)) {
      throw new IOException("the emulator is installed from its jar, this runs from " + own);
    }
    return own;
  }

  private static boolean copyJar(Path target) throws IOException {
    Path own = ownJar();
    if (Files.exists(target) && Files.mismatch(own, target) < 0) {
      return false;
    }
    Files.copy(own, target, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static Path jarOf(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException unusable) {
      throw new IOException(unusable);
    }
  }
}
