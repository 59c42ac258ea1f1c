package org.vfioap.kernel;

/**
 * The error numbers that the emulated files answer with.
 *
 * <p>Numbers are those of asm-generic/errno.h, which s390x and x86_64 share; texts are glibc's
 * {@code strerror}, as a shell prints them.
 */
public enum Errno {
  EPERM(1, "Operation not permitted"),
  ENOENT(2, "No such file or directory"),
  EINTR(4, "Interrupted system call"),
  EIO(5, "Input/output error"),
  EACCES(13, "Permission denied"),
  EBUSY(16, "Device or resource busy"),
  EEXIST(17, "File exists"),
  ENODEV(19, "No such device"),
  ENOTDIR(20, "Not a directory"),
  EISDIR(21, "Is a directory"),
  EINVAL(22, "Invalid argument"),
  ENOSPC(28, "No space left on device"),
  ERANGE(34, "Numerical result out of range"),
  ELOOP(40, "Too many levels of symbolic links"),
  EUSERS(87, "Too many users"),
  EOPNOTSUPP(95, "Operation not supported"),
  EADDRINUSE(98, "Address already in use"),
  EADDRNOTAVAIL(99, "Cannot assign requested address");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** Returns the positive number, as in errno.h. */
  public int number() {
    return number;
  }

  /** Returns what {@code strerror} says, without a newline. */
  public String text() {
    return text;
  }
}
