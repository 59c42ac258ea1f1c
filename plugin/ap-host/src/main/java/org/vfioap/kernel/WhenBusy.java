package org.vfioap.kernel;

/** What a writer meets that comes at a bad moment. */
public enum WhenBusy {
  /** It is refused with EBUSY and nothing changes. */
  REFUSE("EBUSY, nothing changes"),
  /** It waits until it can go on. */
  WAIT("waits");

  private final String text;

  WhenBusy(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
