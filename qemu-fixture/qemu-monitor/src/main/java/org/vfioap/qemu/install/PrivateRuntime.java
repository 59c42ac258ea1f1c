package org.vfioap.qemu.install;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.vfioap.qemu.process.KernelRandom;

/**
 * A Java runtime with little but {@code java.base}: it starts faster than a whole JDK, and stays
 * when that is removed.
 *
 * <p>The JDK that installs makes it with its own jlink. A Java that jlink made is copied, and one
 * without jlink that is larger is linked to as it is.
 */
final class PrivateRuntime {
  private static final String MADE_FROM = "made-from";

  /** A runtime that jlink made for one program has fewer, the smallest one of a system more. */
  private static final int FEW_MODULES = 30;

  private final Path library;

  private PrivateRuntime(Path library) {
    this.library = library;
  }

  /**
   * Puts {@code java} into {@code library}: a link to a program that runs the emulator.
   *
   * @return whether it differs from what was there
   */
  static boolean install(Path library) throws IOException {
    return new PrivateRuntime(library).install();
  }

  private boolean install() throws IOException {
    Path link = library.resolve("java");
    Path runtime = library.resolve("runtime");
    Path origin = runtime.resolve(MADE_FROM);
    if (Files.exists(link) && Files.exists(origin) && Files.readString(origin).equals(version())) {
      return false;
    }
    Files.deleteIfExists(link);
    DirectoryTree.delete(runtime);
    boolean made = make(runtime);
    if (made) {
      Files.writeString(origin, version());
    }
    Files.createSymbolicLink(link, made ? Path.of("runtime/bin/java") : javaOfThisJdk());
    return true;
  }

  private static String version() {
    return Runtime.version() + " " + System.getProperty("java.home") + "\n";
  }

  private static Path javaOfThisJdk() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private boolean make(Path runtime) throws IOException {
    Path unfinished = library.resolve("runtime.new");
    DirectoryTree.delete(unfinished);
    if (!fill(unfinished)) {
      DirectoryTree.delete(unfinished);
      return false;
    }
    Files.write(
        unfinished.resolve("conf/security/java.security"),
        List.of("security.provider.1=" + KernelRandom.class.getName()),
        StandardCharsets.UTF_8);
    Files.move(unfinished, runtime);
    return true;
  }

  private static boolean fill(Path runtime) throws IOException {
    Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
    if (jlink.isPresent()) {
      return link(jlink.get(), runtime);
    }
    if (ModuleFinder.ofSystem().findAll().size() > FEW_MODULES) {
      return false;
    }
    DirectoryTree.copy(Path.of(System.getProperty("java.home")), runtime);
    return true;
  }

  /** What a failing jlink says helps nobody: the JDK itself does as well. */
  private static boolean link(ToolProvider jlink, Path output) {
    PrintWriter nobody = new PrintWriter(new StringWriter());
    int status =
        jlink.run(
            nobody,
            nobody,
            "--add-modules",
            "java.base,java.logging",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            output.toString());
    return status == 0;
  }
}
