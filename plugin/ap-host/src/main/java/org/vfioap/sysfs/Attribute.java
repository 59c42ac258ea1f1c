package org.vfioap.sysfs;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one file does for every device of a kind.
 *
 * @param name the file's name
 * @param mode its permission bits
 * @param show returns the content, or null if the file cannot be read
 * @param store acts on a write, or null if the file cannot be written
 * @param locksItself true if the store takes the kernel's lock where it wants it, since it may wait
 *     for something before or meanwhile
 * @param <D> the kind of device
 */
public record Attribute<D>(
    String name,
    int mode,
    @Nullable Function<D, String> show,
    @Nullable BiConsumer<D, String> store,
    boolean locksItself) {

  /** A file that can be read (0444); the newline is added to what {@code show} returns. */
  public static <D> Attribute<D> line(String name, Function<D, ?> show) {
    return text(name, withNewline(show));
  }

  /** A file that can be read (0444), its content exactly as {@code show} returns it. */
  public static <D> Attribute<D> text(String name, Function<D, String> show) {
    return new Attribute<>(name, 0444, show, null, false);
  }

  /** A file that can be read and written (0644); the newline is added to what is shown. */
  public static <D> Attribute<D> setting(
      String name, Function<D, ?> show, BiConsumer<D, String> store) {
    return new Attribute<>(name, 0644, withNewline(show), store, false);
  }

  /** A file that can only be written (0200). */
  public static <D> Attribute<D> command(String name, BiConsumer<D, String> store) {
    return new Attribute<>(name, 0200, null, store, false);
  }

  /** Returns the same file whose store takes the lock itself. */
  public Attribute<D> lockingItself() {
    return new Attribute<>(name, mode, show, store, true);
  }

  private static <D> Function<D, String> withNewline(Function<D, ?> show) {
    return device -> show.apply(device) + "\n";
  }
}
