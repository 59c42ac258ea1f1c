package org.vfioap.qemu.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/** What memory backends refuse when they are complete. Source: backends/hostmem.c of QEMU 7.2. */
final class MemoryBackendRules {
  private MemoryBackendRules() {}

  static void check(String type, JsonObject members) throws QemuError {
    if (type.equals("memory-backend-file")) {
      checkFile(members.text("mem-path").orElse(""));
    }
    if (members.get("hugetlb").filter(JsonBool.TRUE::equals).isPresent()) {
      throw QemuError.generic("failed to resize memfd to " + size(members) + ": Invalid argument");
    }
    String policy = members.text("policy").orElse("default");
    boolean nodes =
        ObjectRules.list(members, "host-nodes").filter(a -> !a.items().isEmpty()).isPresent();
    if (nodes && policy.equals("default")) {
      throw QemuError.generic(
          "host-nodes must be empty for policy default, or you should explicitly specify a policy"
              + " other than default");
    }
    if (!nodes && !policy.equals("default")) {
      throw QemuError.generic("host-nodes must be set for policy " + policy);
    }
  }

  private static long size(JsonObject members) {
    return members.get("size").orElse(null) instanceof JsonNumber.Signed size ? size.value() : 0;
  }

  private static void checkFile(String path) throws QemuError {
    Path parent = Path.of(path).toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw QemuError.generic(
          "can't open backing store " + path + " for guest RAM: No such file or directory");
    }
  }
}
