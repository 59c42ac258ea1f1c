package org.vfioap.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The plugin as a library, built with this computer's C compiler when it is first needed.
 *
 * <p>It is kept in a folder of the user and named after its source, so that another version of this
 * program builds its own. Several programs may build it at the same time.
 */
public final class PluginLibrary {
  private static final String SOURCE = "ap-plugin.c";

  private PluginLibrary() {}

  /**
   * Returns the library, built if need be.
   *
   * @param folder where it is kept; made if it is not there
   * @throws RealQemuException if there is no compiler, or it fails; the message says what to do
   */
  public static Path in(Path folder) {
    byte[] source = source();
    Path library = folder.resolve("ap-plugin-" + digest(source) + ".so");
    if (!Files.exists(library)) {
      try {
        Files.createDirectories(folder);
        build(source, library, folder);
      } catch (IOException e) {
        throw new RealQemuException("cannot build the plugin in " + folder + ": " + e, e);
      }
    }
    return library;
  }

  private static byte[] source() {
    try (InputStream in = PluginLibrary.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException(SOURCE + " is not part of this program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] source) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(source);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void build(byte[] source, Path library, Path folder) throws IOException {
    Path work = Files.createTempDirectory(folder, "build");
    try {
      Path file = Files.write(work.resolve(SOURCE), source);
      Path built = work.resolve("ap-plugin.so");
      compile(List.of("cc", "-shared", "-fPIC", "-O2", "-o", built.toString(), file.toString()));
      move(built, library);
    } finally {
      for (String name : List.of(SOURCE, "ap-plugin.so")) {
        Files.deleteIfExists(work.resolve(name));
      }
      Files.deleteIfExists(work);
    }
  }

  private static void move(Path built, Path library) throws IOException {
    try {
      Files.move(built, library, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(built, library, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void compile(List<String> command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException none) {
      throw new RealQemuException(
          "the plugin for QEMU is built with a C compiler, and this computer has no 'cc';"
              + " install one, on Debian and Ubuntu: apt-get install gcc libc6-dev",
          none);
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new RealQemuException("cc cannot build the plugin for QEMU:\n" + output.strip());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new RealQemuException("the build of the plugin was interrupted", e);
    }
  }
}
