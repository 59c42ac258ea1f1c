package org.vfioap.qemu.guest;

/** What the guest is doing. Source: qapi/run-state.json of QEMU 7.2. */
public enum RunState {
  /** Waits for the first {@code cont}. */
  PRELAUNCH("prelaunch"),
  /** Waits for migration to come in. */
  INMIGRATE("inmigrate"),
  /** Runs. */
  RUNNING("running"),
  /** Was stopped. */
  PAUSED("paused"),
  /** Has shut itself down and is kept. */
  SHUTDOWN("shutdown"),
  /** Has panicked and is kept. */
  GUEST_PANICKED("guest-panicked"),
  /** Is being replaced by a snapshot. */
  RESTORE_VM("restore-vm"),
  /** Waits for the last part of its migration. */
  FINISH_MIGRATE("finish-migrate"),
  /** Went elsewhere. */
  POSTMIGRATE("postmigrate");

  private final String wireName;

  RunState(String wireName) {
    this.wireName = wireName;
  }

  static RunState named(String wireName) {
    for (RunState each : values()) {
      if (each.wireName.equals(wireName)) {
        return each;
      }
    }
    return PAUSED;
  }

  /** Returns the name in {@code query-status}. */
  public String wireName() {
    return wireName;
  }

  /** Returns the text of {@code info status}; {@code mode} stands before the reason for a pause. */
  public String humanText(String mode) {
    return switch (this) {
      case RUNNING, PAUSED -> wireName + mode;
      default -> "paused" + mode + " (" + wireName + ")";
    };
  }
}
