package org.vfioap.qemu.guest;

import java.nio.file.Files;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.HostPath;
import org.vfioap.qemu.qapi.QemuError;

/** What objects say about a file that is not there. Source: measured with QEMU 7.2. */
final class FileRules {
  private FileRules() {}

  static void check(String type, JsonObject members) throws QemuError {
    Optional<String> given = members.text(type.equals("input-linux") ? "evdev" : "filename");
    if (type.equals("rng-random") && given.isEmpty()) {
      given = Optional.of("/dev/urandom");
    }
    if (given.isPresent() && !Files.exists(HostPath.of(given.get()))) {
      String file = given.get();
      throw QemuError.generic(
          type.startsWith("authz-")
              ? "Unable to read '" + file + "': " + missing(file)
              : "Could not open '" + file + "': No such file or directory");
    }
  }

  /** Returns GLib's sentence, which shows the two bytes of a NUL as two that are no text. */
  static String missing(String file) {
    String shown = file.replace("\0", "\uFFFD\uFFFD");
    return "Failed to open file \u201c" + shown + "\u201d: No such file or directory";
  }
}
