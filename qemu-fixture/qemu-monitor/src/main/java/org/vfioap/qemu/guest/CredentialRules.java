package org.vfioap.qemu.guest;

import java.nio.file.Files;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.HostPath;
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
    if (!file.isEmpty() && !Files.exists(HostPath.of(path))) {
      throw QemuError.generic(
          "Unable to access credentials " + path + ": No such file or directory");
    }
  }
}
