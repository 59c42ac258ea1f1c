package org.vfioap.qemu.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * The kernel's error numbers, with the texts that the C library has for them.
 *
 * <p>Source: asm-generic/errno.h of Linux, the same on s390x and x86_64; strerror of glibc.
 */
public enum Errno {
  EPERM(1, "Operation not permitted"),
  ENOENT(2, "No such file or directory"),
  ESRCH(3, "No such process"),
  EINTR(4, "Interrupted system call"),
  EIO(5, "Input/output error"),
  ENXIO(6, "No such device or address"),
  E2BIG(7, "Argument list too long"),
  EBADF(9, "Bad file descriptor"),
  EAGAIN(11, "Resource temporarily unavailable"),
  ENOMEM(12, "Cannot allocate memory"),
  EACCES(13, "Permission denied"),
  EFAULT(14, "Bad address"),
  ENOTBLK(15, "Block device required"),
  EBUSY(16, "Device or resource busy"),
  EEXIST(17, "File exists"),
  EXDEV(18, "Invalid cross-device link"),
  ENODEV(19, "No such device"),
  ENOTDIR(20, "Not a directory"),
  EISDIR(21, "Is a directory"),
  EINVAL(22, "Invalid argument"),
  ENFILE(23, "Too many open files in system"),
  EMFILE(24, "Too many open files"),
  ENOTTY(25, "Inappropriate ioctl for device"),
  ETXTBSY(26, "Text file busy"),
  EFBIG(27, "File too large"),
  ENOSPC(28, "No space left on device"),
  ESPIPE(29, "Illegal seek"),
  EROFS(30, "Read-only file system"),
  EPIPE(32, "Broken pipe"),
  ERANGE(34, "Numerical result out of range"),
  ENAMETOOLONG(36, "File name too long"),
  ENOSYS(38, "Function not implemented"),
  ENOTEMPTY(39, "Directory not empty"),
  ELOOP(40, "Too many levels of symbolic links"),
  ENODATA(61, "No data available"),
  EOVERFLOW(75, "Value too large for defined data type"),
  ENOTSOCK(88, "Socket operation on non-socket"),
  EPROTOTYPE(91, "Protocol wrong type for socket"),
  EOPNOTSUPP(95, "Operation not supported"),
  EAFNOSUPPORT(97, "Address family not supported by protocol"),
  EADDRINUSE(98, "Address already in use"),
  EADDRNOTAVAIL(99, "Cannot assign requested address"),
  ENETUNREACH(101, "Network is unreachable"),
  ECONNRESET(104, "Connection reset by peer"),
  ETIMEDOUT(110, "Connection timed out"),
  ECONNREFUSED(111, "Connection refused"),
  EHOSTUNREACH(113, "No route to host"),
  ESTALE(116, "Stale file handle"),
  EDQUOT(122, "Disk quota exceeded"),
  ECANCELED(125, "Operation canceled");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** Returns the positive number. */
  public int number() {
    return number;
  }

  /** Returns what {@code strerror} says. */
  public String text() {
    return text;
  }

  /** Returns what {@code strerror} says about any number. */
  public static String text(int number) {
    for (Errno each : values()) {
      if (each.number == number) {
        return each.text;
      }
    }
    return "Unknown error " + number;
  }

  /**
   * Returns the kernel's reason for a failure that Java reports by a class or by the C library's
   * text; EIO if it is none that is known here.
   */
  public static Errno of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return ENOENT;
    }
    if (failure instanceof AccessDeniedException) {
      return EACCES;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return EEXIST;
    }
    String reason =
        failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
    return find(reason == null ? "" : reason).orElse(EIO);
  }

  /** Java appends words of its own to some texts, and some texts begin as others do. */
  private static Optional<Errno> find(String reason) {
    Optional<Errno> longest = Optional.empty();
    for (Errno each : values()) {
      boolean longer = longest.isEmpty() || each.text.length() > longest.get().text.length();
      if (longer && reason.startsWith(each.text)) {
        longest = Optional.of(each);
      }
    }
    return longest;
  }
}
