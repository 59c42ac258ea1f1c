package org.vfioap.qemu.persona;

/**
 * What differs between the emulated versions of QEMU and no recording holds. Code that applies a
 * rule asks it for its value and knows no version.
 */
public final class QemuRules {
  private QemuRules() {}

  /** Member {@code singlestep} of query-status. */
  public static final QemuRule<Boolean> SINGLESTEP =
      QemuRule.dropped("`singlestep` in query-status", "qapi/run-state.json", QemuVersion.V10_0);

  /** How a message is read: when its brackets are closed, or token by token. */
  public static final QemuRule<Boolean> JSON_BY_TOKEN =
      QemuRule.added(
          "JSON errors at once, with line and column",
          "qobject/json-parser.c, measured",
          QemuVersion.V11_1);
}
