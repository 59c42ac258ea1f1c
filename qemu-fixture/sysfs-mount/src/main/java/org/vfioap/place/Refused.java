package org.vfioap.place;

/** A machine does not do what it was asked for; the message is for the user. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }
}
