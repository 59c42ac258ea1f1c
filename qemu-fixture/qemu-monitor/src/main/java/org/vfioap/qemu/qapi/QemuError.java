package org.vfioap.qemu.qapi;

import org.vfioap.qemu.json.JsonObject;

/** A refusal by QEMU: its class, its text, and a hint that only people see. */
public final class QemuError extends Exception {
  /** How the text of {@link #mistake} begins. */
  public static final String MISTAKE = "mistake of the emulator, please report it: ";

  private static final long serialVersionUID = 1L;

  private final ErrorClass errorClass;
  private final String text;
  private final String hint;

  private QemuError(ErrorClass errorClass, String text, String hint) {
    this(errorClass, text, hint, false);
  }

  private QemuError(ErrorClass errorClass, String text, String hint, boolean traced) {
    super(text, null, traced, traced);
    this.errorClass = errorClass;
    this.text = text;
    this.hint = hint;
  }

  /** Returns an error without a class of its own. */
  public static QemuError generic(String text) {
    return new QemuError(ErrorClass.GENERIC_ERROR, text, "");
  }

  /**
   * Refuses with a text unless a condition holds.
   *
   * @throws QemuError of the class GenericError if it does not
   */
  public static void require(boolean fits, String otherwise) throws QemuError {
    if (!fits) {
      throw generic(otherwise);
    }
  }

  /**
   * Returns what a client is told when the emulator itself failed, so that neither the guest nor
   * the other monitors end with this request.
   */
  public static QemuError mistake(RuntimeException cause) {
    return generic(MISTAKE + cause);
  }

  /** Returns an error of the given class. */
  public static QemuError of(ErrorClass errorClass, String text) {
    return new QemuError(errorClass, text, "");
  }

  /** Returns the error for a device or object that does not exist. */
  public static QemuError deviceNotFound(String name) {
    return of(ErrorClass.DEVICE_NOT_FOUND, "Device '" + name + "' not found");
  }

  /** Returns this error for the caller of a Java API: with a stack trace that begins here. */
  public QemuError traced() {
    return new QemuError(errorClass, text, hint, true);
  }

  /** Returns this error with a hint: complete lines that QEMU prints for people after the text. */
  public QemuError withHint(String lines) {
    return new QemuError(errorClass, text, lines);
  }

  /** Returns this error with {@code prefix} before its text. */
  public QemuError prefixed(String prefix) {
    return new QemuError(errorClass, prefix + text, hint);
  }

  /** Returns the class. */
  public ErrorClass errorClass() {
    return errorClass;
  }

  /** Returns the text. */
  public String text() {
    return text;
  }

  /** Returns the lines that QEMU adds for people; empty if there are none. */
  public String hint() {
    return hint;
  }

  /** Returns the object that QMP carries in {@code error}. */
  public JsonObject toJson() {
    return JsonObject.of("class", errorClass.wireName()).with("desc", text);
  }
}
