package org.vfioap.qemu.persona;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A table that is made once for each version, when a thread that emulates it first asks.
 *
 * @param <T> the table
 */
public final class PerVersion<T> {
  private final Map<QemuVersion, T> made = new ConcurrentHashMap<>();
  private final Supplier<T> maker;

  private PerVersion(Supplier<T> maker) {
    this.maker = maker;
  }

  /** Returns a table that {@code maker} makes from the recordings of the current version. */
  public static <T> PerVersion<T> of(Supplier<T> maker) {
    return new PerVersion<>(maker);
  }

  /** Returns the table of the current version. */
  public T get() {
    return made.computeIfAbsent(QemuVersion.current(), version -> maker.get());
  }
}
