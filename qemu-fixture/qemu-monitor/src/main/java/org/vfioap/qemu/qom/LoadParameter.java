package org.vfioap.qemu.qom;

import java.util.Locale;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The parameter that a mainframe's loader gets: eight characters, upper case, filled with blanks.
 * Source: hw/s390x/s390-virtio-ccw.c of QEMU 7.2.
 */
public final class LoadParameter {
  private static final int LENGTH = 8;

  private LoadParameter() {}

  public static JsonString of(JsonString given) throws QemuError {
    StringBuilder text = new StringBuilder();
    for (char c :
        given.text().substring(0, Math.min(LENGTH, given.text().length())).toCharArray()) {
      boolean valid = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == ' ');
      if (!valid) {
        throw QemuError.generic(
            String.format(
                Locale.ROOT, "LOADPARM: invalid character '%c' (ASCII 0x%02x)", c, (int) c));
      }
      text.append(c);
    }
    while (text.length() < LENGTH) {
      text.append(' ');
    }
    return JsonString.of(text.toString().toUpperCase(Locale.ROOT));
  }
}
