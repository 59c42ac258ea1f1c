package org.vfioap.junit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.opentest4j.TestAbortedException;

/**
 * What this computer offers to tests, and what a run must not do without: {@code vfioap.require}
 * names what fails where it is missing, {@code vfioap.lacking} files and programs that are taken as
 * missing, to see what becomes of a run without them. Both are system properties or configuration
 * parameters of JUnit.
 */
final class Surroundings {
  /** This computer, where nothing is required. */
  static final Surroundings UNSAID = new Surroundings(Set.of(), Set.of());

  private static final String REQUIRE = "vfioap.require";
  private static final String LACKING = "vfioap.lacking";
  private static final String ALL = "all";
  private static final int MOST_SLIPS = 3;

  private final Set<String> required;
  private final Set<String> lacking;

  private Surroundings(Set<String> required, Set<String> lacking) {
    this.required = required;
    this.lacking = lacking;
  }

  /**
   * Reads the settings.
   *
   * @throws ExtensionConfigurationException if something is required that nobody knows
   */
  static Surroundings of(ExtensionContext context) {
    Set<String> required = words(context, REQUIRE);
    Set<String> known = known();
    for (String each : required) {
      if (!known.contains(each)) {
        throw new ExtensionConfigurationException(
            "-D"
                + REQUIRE
                + ": '"
                + each
                + "' is unknown"
                + Nearest.to(each, known, MOST_SLIPS)
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("")
                + "; allowed: "
                + String.join(", ", known));
      }
    }
    return new Surroundings(required, words(context, LACKING));
  }

  private static Set<String> words(ExtensionContext context, String setting) {
    String value = context.getConfigurationParameter(setting).orElse("");
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> known() {
    Stream<String> tools = Stream.of(Tool.values()).map(Tool::program);
    return Stream.concat(Stream.of(ALL, "mounted", "running", "libvirtd"), tools)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns what is missing for a mount, with what mends it. */
  Optional<String> lackingForMounts() {
    return asked("@Mounted", () -> Doctor.forMounts(lacking));
  }

  /** Returns what is missing for a machine in processes of its own. */
  Optional<String> lackingForMachines(boolean libvirtd) {
    return asked("place = RUNNING", () -> Doctor.forMachines(libvirtd, lacking));
  }

  Optional<String> lacking(Tool tool) {
    return asked("@RequiresTool", () -> Doctor.forTool(tool, lacking));
  }

  /** Returns why files of a machine in processes of its own are not seen from outside. */
  Optional<String> lackingForFilesFromOutside() {
    return asked("place = RUNNING", Doctor::forFilesFromOutside);
  }

  /** The doctor is of a module that need not be there. */
  private static Optional<String> asked(String what, Supplier<Optional<String>> doctor) {
    try {
      return doctor.get();
    } catch (NoClassDefFoundError absent) {
      throw new ExtensionConfigurationException(
          what + " needs org.vfioap:vfioap-sysfs-mount on the class path", absent);
    }
  }

  /** Tells whether a test without it fails instead of being disabled. */
  boolean isRequired(String what) {
    return required.contains(what.toLowerCase(Locale.ROOT)) || required.contains(ALL);
  }

  /**
   * Returns that a test is disabled.
   *
   * @throws ExtensionConfigurationException if it was required
   */
  ConditionEvaluationResult without(String what, String reason) {
    if (isRequired(what)) {
      throw new ExtensionConfigurationException(required(what, reason));
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  /** Ends the test here if there can be no such machine. */
  void demandMachines(boolean libvirtd) {
    lackingForMachines(libvirtd).ifPresent(reason -> giveUp("running", reason));
  }

  /** Ends the test here if nothing can be mounted. */
  void demandMounts() {
    lackingForMounts().ifPresent(reason -> giveUp("mounted", reason));
  }

  /** Ends a test that began already: it is aborted, or fails if what it lacks is required. */
  void giveUp(String what, String reason) {
    if (isRequired(what)) {
      throw new ParameterResolutionException(required(what, reason));
    }
    throw new TestAbortedException(reason);
  }

  private static String required(String what, String reason) {
    return what + " is required (" + REQUIRE + "), but " + reason;
  }
}
