package org.vfioap.qemu.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * An object that holds a secret, as libvirt gives each guest one for its master key. Source:
 * crypto/secret.c of QEMU 7.2.
 */
final class SecretObject {
  /** Its properties, in the form of the recorded objects. */
  static final String RECORD =
      """
      #\s
      secret
      type\tstring\t"secret"
      iv\tstring\t""
      keyid\tstring\t""
      loaded\tbool\ttrue
      format\tQCryptoSecretFormat\t"raw"
      file\tstring\t""
      data\tstring\t""
      """;

  private SecretObject() {}

  static void check(JsonObject options, ObjectSurroundings surroundings) throws QemuError {
    boolean hasFile = options.has("file");
    if (hasFile && options.has("data")) {
      throw QemuError.generic("'file' and 'data' are mutually exclusive");
    }
    if (!hasFile && !options.has("data")) {
      throw QemuError.generic("Either 'file' or 'data' must be provided");
    }
    String file = options.text("file").orElse("");
    if (hasFile && !Files.exists(Path.of(file))) {
      throw QemuError.generic("Unable to read " + file + ": " + FileRules.missing(file));
    }
    Optional<String> key = options.text("keyid");
    if (key.isPresent() && !surroundings.hasSecret(key.get())) {
      throw QemuError.generic("No secret with id '" + key.get() + "'");
    }
  }
}
