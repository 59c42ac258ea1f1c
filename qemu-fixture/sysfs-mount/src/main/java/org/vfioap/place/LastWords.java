package org.vfioap.place;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a machine in the background ended by itself: {@code watch.sh} keeps it in a folder of the
 * user until another machine of the same name starts.
 */
public final class LastWords {
  private static final String WATCH = "/watch.sh";

  private LastWords() {}

  /** Returns how the machine of this name ended, if it did so by itself. */
  public static Optional<String> of(String name) {
    return name.contains("/") ? Optional.empty() : read(folder().resolve(name));
  }

  /** Returns the name of the machine that ended last. */
  public static Optional<String> latest() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .map(file -> file.getFileName().toString());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static Path folder() {
    String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "");
    return runtime.isEmpty() ? Path.of("/tmp/vfioap-" + user()) : Path.of(runtime, "vfioap");
  }

  private static Object user() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException noProc) {
      return "unknown";
    }
  }

  private static Optional<String> read(Path file) {
    try {
      Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return owner.equals(user())
          ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** Tells whether a process is the one that would keep them. */
  static boolean areKeptBy(ProcessHandle process) {
    try {
      Path file = Path.of("/proc/" + process.pid() + "/cmdline");
      byte[] arguments = Files.readAllBytes(file);
      List<String> words = List.of(new String(arguments, StandardCharsets.UTF_8).split("\0", -1));
      return words.size() > 1 && words.get(1).endsWith(WATCH);
    } catch (IOException gone) {
      return false;
    }
  }
}
