package org.vfioap.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.vfioap.machine.Machine;
import org.vfioap.machine.MachineFileException;

/** The machine that an annotation names. */
final class MachineSource {
  private static final int MOST_SLIPS = 3;

  private MachineSource() {}

  /**
   * Reads it.
   *
   * @throws ExtensionConfigurationException if it is wrong, with what is allowed
   */
  static Machine read(VfioAp wanted, Class<?> test) {
    try {
      Machine machine = described(wanted, test);
      if (wanted.profile().length > 0) {
        machine = machine.withProfile(single(wanted.profile(), "profile"));
      }
      return wanted.scan().length == 0
          ? machine
          : machine.withScanPolicy(single(wanted.scan(), "scan"));
    } catch (MachineFileException | IllegalArgumentException wrong) {
      throw new ExtensionConfigurationException(
          "@VfioAp of " + test.getSimpleName() + ": " + wrong.getMessage(), wrong);
    }
  }

  private static <T> T single(T[] values, String what) {
    if (values.length > 1) {
      throw new IllegalArgumentException(
          values.length
              + " values of "
              + what
              + "; allowed: one. For a test on several kernels use @EveryKernel");
    }
    return values[0];
  }

  private static Machine described(VfioAp wanted, Class<?> test) {
    if (!wanted.yaml().isEmpty()) {
      if (!wanted.value().isEmpty()) {
        throw new IllegalArgumentException(
            "both value ('" + wanted.value() + "') and yaml; allowed: one of them");
      }
      return Machine.parse(wanted.yaml(), "yaml");
    }
    String name = wanted.value().isEmpty() ? "document" : wanted.value();
    return Machine.presets().contains(name) ? Machine.preset(name) : fileOf(name, test);
  }

  private static Machine fileOf(String name, Class<?> test) {
    try (InputStream resource = test.getResourceAsStream(name)) {
      if (resource != null) {
        return Machine.parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8), name);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    if (isFile(name)) {
      return Machine.load(Path.of(name));
    }
    throw new IllegalArgumentException(
        "'"
            + name
            + "' is no preset, no resource beside "
            + test.getName()
            + " and no file"
            + Nearest.to(name, Machine.presets(), MOST_SLIPS)
                .map(preset -> "; did you mean " + preset + "?")
                .orElse("; presets are " + String.join(", ", Machine.presets())));
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException noPath) {
      return false;
    }
  }
}
