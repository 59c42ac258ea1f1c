package org.vfioap.kernel;

/** What a reset does that finds another one in progress. */
public enum WhenResetting {
  /** It is tried once more, 20 ms later. */
  TRY_TWICE("is tried once more"),
  /** It is tried every 20 ms until it works, with the locks of vfio_ap held. */
  WAIT("is tried until it works");

  private final String text;

  WhenResetting(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
