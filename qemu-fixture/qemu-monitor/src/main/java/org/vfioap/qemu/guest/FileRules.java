package org.vfioap.qemu.guest;

import java.io.IOException;
import java.util.Optional;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** What objects say about a file that cannot be opened. Source: measured with QEMU 7.2. */
final class FileRules {
  private FileRules() {}

  static void check(String type, JsonObject members) throws QemuError {
    Optional<String> given = members.text(type.equals("input-linux") ? "evdev" : "filename");
    if (type.equals("rng-random") && given.isEmpty()) {
      given = Optional.of("/dev/urandom");
    }
    Optional<Errno> why = given.flatMap(HostFiles::unreadable);
    if (why.isPresent()) {
      String file = given.get();
      throw type.startsWith("authz-")
          ? QemuError.generic("Unable to read '" + file + "': " + unopened(file, why.get()))
          : Refusals.unopened(file, why.get());
    }
  }

  /** Returns GLib's sentence about a file whose content cannot be got. */
  static String unread(String file, IOException failure) {
    Optional<Errno> unopened = HostFiles.unreadable(file);
    return unopened.isPresent()
        ? unopened(file, unopened.get())
        : "Error reading file \u201c" + file + "\u201d: " + Errno.of(failure).text();
  }

  /** Returns GLib's sentence, which shows the two bytes of a NUL as two that are no text. */
  private static String unopened(String file, Errno why) {
    String shown = file.replace("\0", "\uFFFD\uFFFD");
    return "Failed to open file \u201c" + shown + "\u201d: " + why.text();
  }
}
