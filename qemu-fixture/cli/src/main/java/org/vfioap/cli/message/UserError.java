package org.vfioap.cli.message;

/** Something that the user can mend; the message says what was wrong and what to do. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an error; the message is what the user reads after "vfioap: ". */
  public UserError(String message) {
    super(message);
  }
}
