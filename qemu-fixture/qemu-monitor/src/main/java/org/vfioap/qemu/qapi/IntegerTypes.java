package org.vfioap.qemu.qapi;

import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonValue;

/**
 * The integers of C, as QEMU's input visitor reads them: signed types accept what fits into 64
 * signed bits, unsigned types also negative numbers, which wrap round, and both are then compared
 * with their width. Source: qapi/qapi-visit-core.c and qapi/qobject-input-visitor.c of QEMU 7.2.
 */
public final class IntegerTypes {
  private static final int WIDEST = 64;

  private IntegerTypes() {}

  /** Says whether {@code type} is {@code int} or an integer of a width: {@code uint8}, … */
  public static boolean contains(String type) {
    return type.startsWith("int") || type.startsWith("uint");
  }

  /**
   * Checks a value.
   *
   * @param type {@code int}, or {@code int} or {@code uint} and 8, 16, 32 or 64
   * @param path the name with what it is a member of
   * @param name the name alone
   * @throws QemuError if the value is no integer or too large for the type
   */
  public static void check(String type, JsonValue value, String path, String name)
      throws QemuError {
    boolean unsigned = type.startsWith("u");
    boolean signed = value instanceof JsonNumber.Signed;
    if (!signed && !(unsigned && value instanceof JsonNumber.Unsigned)) {
      throw unsigned ? Refusals.expects(path, "uint64") : Refusals.type(path, "integer");
    }
    int bits = bits(type);
    if (bits < WIDEST && !fits(value, bits, unsigned)) {
      throw Refusals.expects(name, type + "_t");
    }
  }

  private static int bits(String type) {
    String digits = type.substring(type.indexOf('t') + 1);
    return digits.isEmpty() ? WIDEST : Integer.parseInt(digits);
  }

  private static boolean fits(JsonValue value, int bits, boolean unsigned) {
    if (!(value instanceof JsonNumber.Signed number)) {
      return false;
    }
    long limit = 1L << (unsigned ? bits : bits - 1);
    return number.value() < limit && number.value() >= (unsigned ? 0 : -limit);
  }
}
