package org.vfioap.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A qemu-system-s390x that can load the plugin: version 11.0 or newer, since older ones give a
 * plugin no way to go on behind an instruction.
 *
 * @param program the program
 * @param version what it says, such as 11.1.2
 */
public record RealQemu(Path program, String version) {
  private static final String NAME = "qemu-system-s390x";
  private static final int OLDEST = 11;
  private static final Pattern VERSION =
      Pattern.compile("QEMU emulator version (([0-9]+)\\.[0-9.]+)");

  /** Where fetch-qemu.sh puts what it fetches, unless the variable says another place. */
  static final String FOLDER = "VFIOAP_LINUX";

  /** Returns the folder of what was fetched: VFIOAP_LINUX, or vfioap/linux in the user's cache. */
  public static Path folder(Map<String, String> environment) {
    String chosen = environment.getOrDefault(FOLDER, "");
    if (!chosen.isEmpty()) {
      return Path.of(chosen).toAbsolutePath();
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    return (cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache)).resolve("vfioap/linux");
  }

  /**
   * Finds one: the fetched one, else one of PATH.
   *
   * @throws RealQemuException if there is none that is new enough; the message says what was found
   */
  public static RealQemu find(Map<String, String> environment) {
    List<String> tooOld = new ArrayList<>();
    for (Path program : candidates(environment)) {
      Optional<RealQemu> found = examine(program);
      if (found.isPresent() && found.get().major() >= OLDEST) {
        return found.get();
      }
      found.ifPresent(old -> tooOld.add(old.program() + " is " + old.version()));
    }
    throw new RealQemuException(
        "this needs a qemu-system-s390x of version 11.0 or newer; "
            + (tooOld.isEmpty() ? "there is none in PATH" : String.join(", ", tooOld))
            + ". Fetch one, without root, by: vfioap fetch-linux");
  }

  private static List<Path> candidates(Map<String, String> environment) {
    List<Path> programs = new ArrayList<>();
    programs.add(folder(environment).resolve("bin").resolve(NAME));
    for (String directory : environment.getOrDefault("PATH", "").split(":", -1)) {
      if (!directory.isEmpty()) {
        programs.add(Path.of(directory, NAME));
      }
    }
    return programs.stream().filter(Files::isExecutable).distinct().toList();
  }

  private static Optional<RealQemu> examine(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      Matcher matcher = VERSION.matcher(text);
      return matcher.find()
          ? Optional.of(new RealQemu(program, matcher.group(1)))
          : Optional.empty();
    } catch (IOException broken) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private int major() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  /** Returns the options that give this QEMU the adapters behind a socket. */
  public static List<String> pluginOptions(Path library, Path socket) {
    return List.of("-plugin", library + ",socket=" + socket);
  }
}
