package org.vfioap.qemu.process;

/** The command line ends the process: a text on standard output or error, and a status. */
final class Exit extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String out;
  private final String err;

  private Exit(int status, String out, String err) {
    super(err, null, false, false);
    this.status = status;
    this.out = out;
    this.err = err;
  }

  /** Ends well after printing {@code text}. */
  static Exit printing(String text) {
    return new Exit(0, text, "");
  }

  /** Ends with status 1 after complaining; {@code text} is complete. */
  static Exit failing(String text) {
    return new Exit(1, "", text);
  }

  Exit withStatus(int newStatus) {
    return new Exit(newStatus, out, err);
  }

  Exit withErrors(String text) {
    return new Exit(status, out, err + text);
  }

  int status() {
    return status;
  }

  String out() {
    return out;
  }

  String err() {
    return err;
  }
}
