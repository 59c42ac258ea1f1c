package org.vfioap.qemu.hmp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text that may hold bytes which are no UTF-8: each such byte is a lone low surrogate, U+DC00 plus
 * the byte, so that it leaves as it came.
 */
public final class RawText {
  private static final int ESCAPE = 0xDC00;

  private RawText() {}

  /** Returns {@code bytes} as text. */
  public static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int length = sequence(bytes, at);
      if (length == 0) {
        text.append((char) (ESCAPE + (bytes[at] & 0xFF)));
        at++;
      } else {
        text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
        at += length;
      }
    }
    return text.toString();
  }

  /** Returns the length of the valid sequence at {@code at}; 0 if there is none. */
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > bytes.length) {
      return 0;
    }
    String decoded = new String(bytes, at, length, StandardCharsets.UTF_8);
    return decoded.indexOf('\uFFFD') < 0 ? length : 0;
  }

  /** Returns {@code text} as bytes. */
  public static byte[] encode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point >= ESCAPE && point <= ESCAPE + 0xFF) {
                bytes.write(point - ESCAPE);
              } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }
}
