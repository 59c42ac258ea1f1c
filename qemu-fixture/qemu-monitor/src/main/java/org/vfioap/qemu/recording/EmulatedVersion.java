package org.vfioap.qemu.recording;

import org.vfioap.qemu.json.JsonObject;

/** The QEMU that is emulated; equal to what {@code about.rec} says. */
public final class EmulatedVersion {
  /** Version in three numbers. */
  public static final String NUMBER = "7.2.22";

  /** The distributor's name of the package. */
  public static final String PACKAGE = "Debian 1:7.2+dfsg-7+deb12u18+b3";

  private EmulatedVersion() {}

  /** Returns the answer to {@code query-version}, which is also part of the greeting. */
  public static JsonObject toJson() {
    String[] parts = NUMBER.split("\\.", -1);
    JsonObject qemu =
        JsonObject.empty()
            .with("major", Long.parseLong(parts[0]))
            .with("minor", Long.parseLong(parts[1]))
            .with("micro", Long.parseLong(parts[2]));
    return JsonObject.of("qemu", qemu).with("package", PACKAGE);
  }
}
