package org.vfioap.lab;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.Guest;

/** AssertJ with the words of this module. */
public final class LabAssertions extends Assertions {
  private LabAssertions() {}

  /** Looks at a host. */
  public static HostAssert assertThat(ApHost host) {
    return new HostAssert(host);
  }

  /** Looks at the host that someone works on. */
  public static HostAssert assertThat(Admin admin) {
    return new HostAssert(admin.host());
  }

  /** Looks at an mdev. */
  public static MdevAssert assertThat(Mdev mdev) {
    return new MdevAssert(mdev);
  }

  /** Looks at a guest. */
  public static GuestAssert assertThat(Guest guest) {
    return new GuestAssert(guest);
  }

  /** Runs something that the kernel has to refuse with this error. */
  public static void assertRefused(Errno errno, ThrowingCallable action) {
    assertThatExceptionOfType(KernelRefusal.class)
        .as("refusal with %s", errno)
        .isThrownBy(action)
        .extracting(KernelRefusal::errno)
        .isEqualTo(errno);
  }
}
