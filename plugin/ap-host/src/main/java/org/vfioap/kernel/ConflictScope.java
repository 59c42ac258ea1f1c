package org.vfioap.kernel;

/** Which mdevs the log names when an APQN is taken. */
public enum ConflictScope {
  /** Only the first one found; the newest mdev is looked at first. */
  NEWEST_MDEV("the newest that has one"),
  /** All of them, newest first. */
  EVERY_MDEV("all");

  private final String text;

  ConflictScope(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
