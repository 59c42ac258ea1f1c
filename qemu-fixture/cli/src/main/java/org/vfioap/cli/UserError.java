package org.vfioap.cli;

/** Something that the user can mend; the message says what was wrong and what to do. */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserError(String message) {
    super(message);
  }
}
