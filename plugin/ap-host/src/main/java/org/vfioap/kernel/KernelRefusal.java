package org.vfioap.kernel;

/**
 * The emulated kernel said no: what a program sees as {@code errno} after open, read, write or
 * ioctl.
 *
 * <p>It is part of the emulation, not a fault of it, and so carries no stack trace. The message
 * names the offending value for people; programs look at {@link #errno()}.
 */
public final class KernelRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  private KernelRefusal(Errno errno, String detail) {
    super(text(errno, detail), null, false, false);
    this.errno = errno;
  }

  private static String text(Errno errno, String detail) {
    return errno + " (" + errno.text() + "): " + detail + " [docs/errno/" + errno + ".md]";
  }

  /**
   * Creates a refusal.
   *
   * @param errno what the system call answers
   * @param detail the offending value and the rule, in a few words
   */
  public static KernelRefusal of(Errno errno, String detail) {
    return new KernelRefusal(errno, detail);
  }

  /** Returns the error number that the system call answers. */
  public Errno errno() {
    return errno;
  }
}
