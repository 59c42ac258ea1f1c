package org.vfioap.kernel;

import java.net.URL;
import java.util.function.Supplier;

/**
 * The emulated kernel said no: what a program sees as {@code errno} after open, read, write or
 * ioctl.
 *
 * <p>It is part of the emulation, not a fault of it. Where a program gets only the number, it
 * carries no stack trace; where it reaches Java code that called {@link org.vfioap.sysfs.SysfsTree}
 * or {@link org.vfioap.host.ApHost}, it is {@link #traced}. The message names the offending value
 * for people; programs look at {@link #errno()}.
 */
public final class KernelRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;
  private final String detail;
  private final boolean traced;

  private KernelRefusal(Errno errno, String detail, String page, boolean traced) {
    super(text(errno, detail, page), null, traced, traced);
    this.errno = errno;
    this.detail = detail;
    this.traced = traced;
  }

  private static String text(Errno errno, String detail, String page) {
    return errno + " (" + errno.text() + "): " + detail + " [" + page + "]";
  }

  /**
   * Creates a refusal.
   *
   * @param errno what the system call answers
   * @param detail the offending value and the rule, in a few words
   */
  public static KernelRefusal of(Errno errno, String detail) {
    return new KernelRefusal(errno, detail, "docs/errno/" + errno + ".md", false);
  }

  /**
   * Returns the same refusal for the caller of a Java API: with a stack trace that begins here, and
   * with the address of the page about its error number, which is in the jar of this class.
   */
  public KernelRefusal traced() {
    return traced ? this : new KernelRefusal(errno, detail, page(), true);
  }

  /** Returns the answer of what a caller of the API asked for; a refusal of it is traced. */
  public static <T> T traced(Supplier<T> call) {
    try {
      return call.get();
    } catch (KernelRefusal refusal) {
      throw refusal.traced();
    }
  }

  private String page() {
    URL page = KernelRefusal.class.getResource("errno/" + errno + ".md");
    return page == null ? "docs/errno/" + errno + ".md" : page.toString();
  }

  /** Returns the error number that the system call answers. */
  public Errno errno() {
    return errno;
  }

  /** Returns the offending value and the rule, in a few words. */
  public String detail() {
    return detail;
  }
}
