package org.vfioap.qemu.vfio;

import org.vfioap.qemu.host.Errno;

/** The host refused a system call. */
public final class HostRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int errno;

  private HostRefusal(int errno) {
    super("errno " + errno, null, false, false);
    this.errno = errno;
  }

  /** Returns the refusal with the given error number of Linux. */
  public static HostRefusal errno(int errno) {
    return new HostRefusal(errno);
  }

  /** Returns the number. */
  public int errno() {
    return errno;
  }

  /** Returns the C library's text. */
  public String text() {
    return Errno.text(errno);
  }
}
