package org.vfioap.junit.assertions;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** Assertions about a refusal of the kernel. */
public final class RefusalAssert extends AbstractAssert<RefusalAssert, KernelRefusal> {
  private RefusalAssert(KernelRefusal refusal) {
    super(refusal, RefusalAssert.class);
  }

  static RefusalAssert of(ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    if (thrown == null) {
      throw new AssertionError("expected the kernel to refuse, but it did not");
    }
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof KernelRefusal refusal) {
        return new RefusalAssert(refusal);
      }
    }
    throw new AssertionError("expected the kernel to refuse, but got " + thrown, thrown);
  }

  /** Requires an error number. */
  public RefusalAssert isErrno(Errno errno) {
    if (actual.errno() != errno) {
      throw failure("expected %s, but it is %s", errno, actual.getMessage());
    }
    return this;
  }

  /** Requires that the message contains this text, such as an APQN. */
  public RefusalAssert names(String text) {
    String message = String.valueOf(actual.getMessage());
    if (!message.contains(text)) {
      throw failure("expected the refusal to name '%s', but it says %s", text, message);
    }
    return this;
  }
}
