package org.vfioap.cli.manual;

import java.util.Map;
import org.vfioap.kernel.KernelProfile;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What kind of word an argument is: one or more of the kinds that {@code completion.bash} knows,
 * with {@code +} between them. Labels of arguments mean the same in all commands but few.
 */
final class WordKind {
  private static final String NONE = "none";
  private static final String ANY_MACHINE = "machine+preset+file";

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("NAME", "machine"),
          Map.entry("MACHINE", "preset+file"),
          Map.entry("FILE|PRESET", "preset+file"),
          Map.entry("WHERE", "guest+" + ANY_MACHINE),
          Map.entry("HOST", ANY_MACHINE),
          Map.entry("GUEST", "guest+file"),
          Map.entry("APQN", NONE),
          Map.entry("URI", NONE),
          Map.entry("ALIAS", NONE));

  private static final Map<String, String> EXCEPTIONS =
      Map.of("vfioap run NAME", NONE, "vfioap matrix MACHINE", ANY_MACHINE);

  /** The arguments of commands that describe them in words alone. */
  static final Map<String, String> POSITIONS =
      Map.of(
          "vfioap exec", "machine",
          "vfioap guest", "guest+machine guest+entry entry",
          "vfioap help", NONE,
          "vfioap hw", "machine+change change change change");

  private WordKind() {}

  static String of(CommandSpec command, ArgSpec argument) {
    if (argument.type() == KernelProfile.class) {
      return "profile";
    }
    String label = argument.paramLabel().replaceAll("[<>]", "");
    String exception = EXCEPTIONS.get(command.qualifiedName() + " " + label);
    return exception != null ? exception : LABELS.getOrDefault(label, "file");
  }
}
