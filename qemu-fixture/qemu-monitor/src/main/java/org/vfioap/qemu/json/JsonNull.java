package org.vfioap.qemu.json;

/** The literal {@code null}. */
public enum JsonNull implements JsonValue {
  /** The only instance. */
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
