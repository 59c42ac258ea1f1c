package org.vfioap.junit.assertions;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.LogLine;

/** Assertions about a refusal of the kernel. */
public final class RefusalAssert extends AbstractAssert<RefusalAssert, KernelRefusal> {
  private final Optional<List<LogLine>> log;

  private RefusalAssert(KernelRefusal refusal, Optional<List<LogLine>> log) {
    super(refusal, RefusalAssert.class);
    this.log = log;
  }

  static RefusalAssert of(ThrowingCallable call) {
    return new RefusalAssert(refusal(call), Optional.empty());
  }

  static RefusalAssert of(ApHost host, ThrowingCallable call) {
    long before = host.log().position();
    KernelRefusal refusal = refusal(call);
    return new RefusalAssert(refusal, Optional.of(host.log().linesSince(before)));
  }

  private static KernelRefusal refusal(ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    if (thrown == null) {
      throw new AssertionError("expected the kernel to refuse, but it did not");
    }
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof KernelRefusal refusal) {
        return refusal;
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

  /**
   * Requires that the kernel logged this text meanwhile.
   *
   * @throws IllegalStateException unless the assertion was made of a host
   */
  public RefusalAssert logged(String text) {
    List<LogLine> lines =
        log.orElseThrow(
            () -> new IllegalStateException("whose log? Use assertThatRefusal(host, call)"));
    if (lines.stream().noneMatch(line -> line.text().contains(text))) {
      throw failure("expected a line with '%s' in the kernel log, but it got %s", text, lines);
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
