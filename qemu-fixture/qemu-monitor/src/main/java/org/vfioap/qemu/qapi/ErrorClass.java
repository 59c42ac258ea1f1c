package org.vfioap.qemu.qapi;

/** The classes of errors that clients may tell apart. Source: qapi/error.json of QEMU 7.2. */
public enum ErrorClass {
  /** Everything without a class of its own. */
  GENERIC_ERROR("GenericError"),
  /** The command does not exist, or not now. */
  COMMAND_NOT_FOUND("CommandNotFound"),
  /** A device has failed to be become active. */
  DEVICE_NOT_ACTIVE("DeviceNotActive"),
  /** The named device or object does not exist. */
  DEVICE_NOT_FOUND("DeviceNotFound"),
  /** KVM lacks a capability. */
  KVM_MISSING_CAP("KVMMissingCap");

  private final String wireName;

  ErrorClass(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the class called {@code wireName} on the wire; unknown names are generic. */
  public static ErrorClass named(String wireName) {
    for (ErrorClass each : values()) {
      if (each.wireName.equals(wireName)) {
        return each;
      }
    }
    return GENERIC_ERROR;
  }

  /** Returns the name on the wire. */
  public String wireName() {
    return wireName;
  }
}
