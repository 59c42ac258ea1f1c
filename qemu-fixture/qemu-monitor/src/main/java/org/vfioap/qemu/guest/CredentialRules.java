package org.vfioap.qemu.guest;

import java.util.Optional;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/** Which files TLS credentials need. Source: crypto/tlscreds*.c of QEMU 7.2. */
final class CredentialRules {
  private CredentialRules() {}

  static void check(String type, JsonObject members) throws QemuError {
    boolean anonymous = type.equals("tls-creds-anon");
    Optional<String> directory = members.text("dir");
    if (directory.isEmpty()) {
      if (!anonymous) {
        throw QemuError.generic("Missing 'dir' property value");
      }
      return;
    }
    String file =
        switch (type) {
          case "tls-creds-psk" -> "keys.psk";
          case "tls-creds-x509" -> "ca-cert.pem";
          default -> "";
        };
    String path = directory.get() + "/" + file;
    Optional<Errno> why = file.isEmpty() ? Optional.empty() : HostFiles.unreadable(path);
    if (why.isPresent()) {
      throw QemuError.generic("Unable to access credentials " + path + ": " + why.get().text());
    }
  }
}
