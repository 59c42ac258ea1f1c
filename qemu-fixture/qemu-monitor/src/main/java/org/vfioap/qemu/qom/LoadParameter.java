package org.vfioap.qemu.qom;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The parameter that a mainframe's loader gets: eight characters, upper case, filled with blanks.
 * Source: hw/s390x/s390-virtio-ccw.c of QEMU 7.2.
 */
public final class LoadParameter {
  private static final int LENGTH = 8;

  private LoadParameter() {}

  public static JsonString of(JsonString given) throws QemuError {
    boolean strict = QemuRules.LOADPARM_CHECKED.now();
    if (strict && given.text().getBytes(StandardCharsets.UTF_8).length > LENGTH) {
      throw QemuError.generic("'loadparm' can only contain up to 8 characters");
    }
    String refusal =
        strict
            ? "invalid character in 'loadparm': '%c' (ASCII 0x%02x)"
            : "LOADPARM: invalid character '%c' (ASCII 0x%02x)";
    StringBuilder text = new StringBuilder();
    for (char c :
        given.text().substring(0, Math.min(LENGTH, given.text().length())).toCharArray()) {
      boolean valid = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == ' ');
      if (!valid) {
        throw QemuError.generic(String.format(Locale.ROOT, refusal, c, (int) c));
      }
      text.append(c);
    }
    while (text.length() < LENGTH) {
      text.append(' ');
    }
    return JsonString.of(text.toString().toUpperCase(Locale.ROOT));
  }
}
