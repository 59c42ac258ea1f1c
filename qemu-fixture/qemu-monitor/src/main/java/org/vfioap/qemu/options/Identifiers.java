package org.vfioap.qemu.options;

import java.util.regex.Pattern;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** The rule for identifiers. Source: util/id.c of QEMU 7.2. */
public final class Identifiers {
  private static final Pattern VALID = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

  private Identifiers() {}

  /** Says whether {@code id} starts with a letter and has only letters, digits and {@code -._}. */
  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }

  /**
   * Checks an identifier.
   *
   * @throws QemuError if it does not start with a letter or has other characters
   */
  public static void check(String id) throws QemuError {
    if (!isValid(id)) {
      throw Refusals.expects("id", "an identifier")
          .withHint(
              "Identifiers consist of letters, digits, '-', '.', '_', starting with a letter.\n");
    }
  }
}
