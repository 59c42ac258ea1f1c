package org.vfioap.qemu.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Optional;
import org.vfioap.qemu.host.HostPath;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * An object that holds a secret, as libvirt gives each guest one for its master key. Source:
 * crypto/secret.c, crypto/secret_common.c and util/base64.c of QEMU 7.2.
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

  private static final int KEY = 32;
  private static final int BLOCK = 16;
  private static final int MOST = 1 << 20;

  private SecretObject() {}

  static void check(JsonObject options, ObjectSurroundings surroundings) throws QemuError {
    content(options, surroundings);
  }

  /**
   * Returns the bytes that a secret of these members stands for.
   *
   * @throws QemuError if QEMU cannot read, decode or decrypt them
   */
  static byte[] content(JsonObject options, ObjectSurroundings surroundings) throws QemuError {
    byte[] input = load(options);
    boolean encoded = options.text("format").orElse("raw").equals("base64");
    Optional<String> key = options.text("keyid").filter(id -> !id.isEmpty());
    if (key.isEmpty()) {
      return encoded ? decode(text(input)) : input;
    }
    JsonObject master =
        surroundings
            .secret(key.get())
            .orElseThrow(() -> QemuError.generic("No secret with id '" + key.get() + "'"));
    byte[] bytes = content(master, surroundings);
    QemuError.require(bytes.length == KEY, "Key should be 32 bytes in length");
    Optional<String> iv = options.text("iv").filter(each -> !each.isEmpty());
    QemuError.require(iv.isPresent(), "IV is required to decrypt secret");
    byte[] vector = decode(iv.get());
    QemuError.require(
        vector.length == BLOCK, "IV should be 16 bytes in length not " + vector.length);
    return decrypt(encoded ? decode(text(input)) : input);
  }

  private static byte[] load(JsonObject options) throws QemuError {
    String file = options.text("file").orElse("");
    Optional<String> data = options.text("data").filter(each -> file.isEmpty() || !each.isEmpty());
    boolean hasFile = options.has("file") && (!file.isEmpty() || data.isEmpty());
    QemuError.require(!hasFile || data.isEmpty(), "'file' and 'data' are mutually exclusive");
    if (data.isPresent()) {
      return data.get().getBytes(StandardCharsets.UTF_8);
    }
    QemuError.require(hasFile, "Either 'file' or 'data' must be provided");
    try {
      return read(file);
    } catch (IOException unreadable) {
      throw QemuError.generic("Unable to read " + file + ": " + FileRules.unread(file, unreadable));
    }
  }

  /** A device may have no end: QEMU would read until its memory is full. */
  private static byte[] read(String file) throws IOException, QemuError {
    try (InputStream in = Files.newInputStream(HostPath.of(file))) {
      byte[] content = in.readNBytes(MOST + 1);
      QemuError.require(
          content.length <= MOST,
          "Unable to read " + file + ": it is longer than " + MOST + " bytes, the most allowed");
      return content;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** GLib decodes what it can; QEMU only looks that all characters may occur. */
  private static byte[] decode(String text) throws QemuError {
    QemuError.require(text.matches("[A-Za-z0-9+/=\n]*"), "Base64 data contains invalid characters");
    String letters = text.replaceAll("[=\n]", "");
    int whole = letters.length() % 4 == 1 ? letters.length() - 1 : letters.length();
    return Base64.getDecoder().decode(letters.substring(0, whole));
  }

  /** Nothing here uses the secret, so what it decrypts to is not looked at. */
  private static byte[] decrypt(byte[] secret) throws QemuError {
    QemuError.require(
        secret.length % BLOCK == 0,
        "Length " + secret.length + " must be a multiple of block size " + BLOCK);
    return secret;
  }
}
