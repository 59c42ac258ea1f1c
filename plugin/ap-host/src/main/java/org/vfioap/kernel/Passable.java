package org.vfioap.kernel;

/** The answers to its last reset with which a queue may be passed through. */
public enum Passable {
  NORMAL("normal"),
  /** A deconfigured queue counts as reset. */
  DECONFIGURED("normal, deconfigured (as if it were normal)"),
  CHECKSTOPPED("normal, deconfigured, checkstopped");

  private final String text;

  Passable(String text) {
    this.text = text;
  }

  /** Tells whether a queue that is deconfigured passes. */
  public boolean deconfigured() {
    return this != NORMAL;
  }

  /** Tells whether the reset of a deconfigured queue counts as one that worked. */
  public boolean takesDeconfiguredForReset() {
    return this == DECONFIGURED;
  }

  /** Tells whether a queue that is checkstopped passes. */
  public boolean checkstopped() {
    return this == CHECKSTOPPED;
  }

  @Override
  public String toString() {
    return text;
  }
}
