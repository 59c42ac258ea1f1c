package org.vfioap.qemu.process;

/** QEMU ended before it served anybody: it printed a text, or refused its arguments. */
public final class EndedEarly extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String out;
  private final String err;

  EndedEarly(int status, String out, String err) {
    super("QEMU ended with status " + status + ": " + err);
    this.status = status;
    this.out = out;
    this.err = err;
  }

  /** Returns the exit status. */
  public int status() {
    return status;
  }

  /** Returns what was printed on standard output. */
  public String out() {
    return out;
  }

  /** Returns what was printed on standard error. */
  public String err() {
    return err;
  }
}
