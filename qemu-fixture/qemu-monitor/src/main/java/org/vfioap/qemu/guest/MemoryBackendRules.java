package org.vfioap.qemu.guest;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qom.QomObject;

/** What memory backends refuse when they are complete. Source: backends/hostmem.c of QEMU 7.2. */
final class MemoryBackendRules {
  /** Which property of a backend starts as which one of the machine. */
  private static final Map<String, String> FROM_MACHINE =
      Map.of("merge", "mem-merge", "dump", "dump-guest-core");

  private MemoryBackendRules() {}

  /** Sets what a new backend has from its machine. */
  static void inherit(QomObject backend, GuestConfiguration configuration) {
    FROM_MACHINE.forEach(
        (name, flag) -> {
          Boolean on = configuration.flags().get(flag);
          if (on != null) {
            backend
                .property(name)
                .ifPresent(found -> backend.put(found.withValue(JsonBool.of(on))));
          }
        });
  }

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
    Optional<Errno> why = HostFiles.unusableForMemory(path);
    if (why.isPresent()) {
      throw QemuError.generic(
          "can't open backing store " + path + " for guest RAM: " + why.get().text());
    }
  }
}
