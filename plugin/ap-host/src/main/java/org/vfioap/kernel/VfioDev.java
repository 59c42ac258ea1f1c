package org.vfioap.kernel;

/** How long an mdev has its device of class vfio-dev. */
public enum VfioDev {
  /** There is no such class. */
  ABSENT("absent"),
  /** Until a program that uses it lets go, also while a removal waits. */
  UNTIL_CLOSED("there until the mdev is gone"),
  /** Until a removal begins. */
  UNTIL_REMOVAL("there until a removal begins");

  private final String text;

  VfioDev(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
