package org.vfioap.fuse;

/** A machine could not be mounted; the message says what failed and what to do. */
public final class MountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MountException(String message) {
    super(message);
  }
}
