package org.vfioap.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.files.MachineFiles;
import org.vfioap.fuse.MountException;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;

/** The files in this process answer as the mounted ones: the same value, or the same exception. */
class FilesContractTest {
  @TempDir private Path directory;

  @Test
  void filesInTheProcessAreAsOnTheMount() {
    Machine machine = Machine.preset("document").withProfile(KernelProfile.LINUX_6_12);
    Map<String, String> mounted;
    try (MachineMount mount = MachineMount.mount(machine.boot(), directory)) {
      mounted = results(mount.sys());
    } catch (MountException refused) {
      abort(refused.getMessage());
      return;
    }
    Map<String, String> inside = results(MachineFiles.sys(machine.boot()));
    Map<String, String> differences = new TreeMap<>();
    inside.forEach(
        (name, here) -> {
          String there = mounted.getOrDefault(name, "");
          if (!here.equals(there)) {
            differences.put(name, here + " in the process, but mounted " + there);
          }
        });
    assertThat(differences).isEmpty();
    assertThat(inside).hasSizeGreaterThan(90);
  }

  private static Map<String, String> results(Path sys) {
    Map<String, String> results = new LinkedHashMap<>();
    FileOperation.all().forEach((name, operation) -> results.put(name, result(operation, sys)));
    return results;
  }

  private static String result(FileOperation operation, Path sys) {
    try {
      return String.valueOf(operation.on(sys)).replace(sys.toString(), "/sys");
    } catch (Exception refused) {
      return (refused.getClass().getName() + ": " + refused.getMessage())
          .replace(sys.toString(), "/sys");
    }
  }

  @Test
  void theDirectoryIsEmptyAfterwards() throws Exception {
    try (var names = Files.list(directory)) {
      assertThat(names).isEmpty();
    }
  }
}
