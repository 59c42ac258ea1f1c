package org.vfioap.kernel;

/** The answers to its last reset with which a queue may be passed through. */
public enum Passable {
  NORMAL("normal"),
  DECONFIGURED("normal, deconfigured"),
  CHECKSTOPPED("normal, deconfigured, checkstopped");

  private final String text;

  Passable(String text) {
    this.text = text;
  }

  /** Tells whether a queue that is deconfigured passes. */
  public boolean deconfigured() {
    return this != NORMAL;
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
