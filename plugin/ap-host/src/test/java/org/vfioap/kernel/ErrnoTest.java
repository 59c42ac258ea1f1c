package org.vfioap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Numbers and texts of errors, as errno.h of Linux and {@code strerror} of glibc have them.
 *
 * <pre>
 *   echo: write error: Device or resource busy
 * </pre>
 */
class ErrnoTest {
  private static final String GLIBC =
      """
      1 EPERM Operation not permitted
      2 ENOENT No such file or directory
      4 EINTR Interrupted system call
      5 EIO Input/output error
      13 EACCES Permission denied
      16 EBUSY Device or resource busy
      17 EEXIST File exists
      19 ENODEV No such device
      20 ENOTDIR Not a directory
      21 EISDIR Is a directory
      22 EINVAL Invalid argument
      28 ENOSPC No space left on device
      34 ERANGE Numerical result out of range
      40 ELOOP Too many levels of symbolic links
      87 EUSERS Too many users
      95 EOPNOTSUPP Operation not supported
      98 EADDRINUSE Address already in use
      99 EADDRNOTAVAIL Cannot assign requested address
      """;

  @Test
  void agreesWithTheCLibrary() {
    assertThat(Arrays.stream(Errno.values()).map(e -> e.number() + " " + e + " " + e.text()))
        .containsExactlyElementsOf(GLIBC.lines().toList());
  }

  @Test
  void refusalNamesErrorAndValue() {
    KernelRefusal refusal = KernelRefusal.of(Errno.ENODEV, "adapter 256 is above the maximum 255");

    assertThat(refusal)
        .hasMessageContainingAll("ENODEV", "No such device", "adapter 256")
        .hasNoCause();
    assertThat(refusal.getStackTrace()).isEmpty();
  }
}
