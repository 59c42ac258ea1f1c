package org.vfioap.files;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.FileHook;

/**
 * What a test orders to happen around reads and writes of a host's files: each order is for the
 * next file of a glob and happens once. Thread-safe.
 */
public final class FileOrders implements FileHook {
  private final WriteListener listener;
  private final List<Order> orders = new ArrayList<>();

  /** The moments at which something can happen. */
  public enum Moment {
    /** Before a file is read. */
    READ,
    /** Between the open and the write of a file. */
    BEFORE_WRITE,
    /** After a write, before the writer goes on. */
    AFTER_WRITE
  }

  /** Is told of writes. */
  @FunctionalInterface
  public interface WriteListener {
    /**
     * A write is over.
     *
     * @param refused how it was refused; empty if it was taken
     */
    void wrote(String path, String text, Optional<Errno> refused);
  }

  private record Order(Moment moment, String glob, Pattern paths, Consumer<String> action) {
    @Override
    public String toString() {
      String what = moment == Moment.READ ? "next read of " : "next write of ";
      return what + glob;
    }
  }

  private FileOrders(WriteListener listener) {
    this.listener = listener;
  }

  /** Watches the files of a host from now on; at most one does. */
  public static FileOrders of(ApHost host, WriteListener listener) {
    FileOrders orders = new FileOrders(listener);
    host.sysfs().hook(orders);
    return orders;
  }

  /**
   * Does something at the next file of a glob, see {@link Glob}. The action gets the path, runs in
   * the thread of the reader or writer, and may throw a {@link KernelRefusal}.
   *
   * @throws java.util.regex.PatternSyntaxException if the glob is none
   */
  public synchronized void order(Moment moment, String glob, Consumer<String> action) {
    orders.add(new Order(moment, glob, Glob.pattern(glob), action));
  }

  /** Returns what did not happen, each in words. */
  public synchronized List<String> unused() {
    return orders.stream().map(Order::toString).toList();
  }

  private void meet(Moment moment, String path) {
    take(moment, path).ifPresent(order -> order.action.accept(path));
  }

  private synchronized Optional<Order> take(Moment moment, String path) {
    for (Iterator<Order> each = orders.iterator(); each.hasNext(); ) {
      Order order = each.next();
      if (order.moment == moment && order.paths.matcher(path).matches()) {
        each.remove();
        return Optional.of(order);
      }
    }
    return Optional.empty();
  }

  /** Returns an action that refuses with this error number. */
  public static Consumer<String> refusing(Errno errno) {
    return path -> {
      throw KernelRefusal.of(errno, path + ": the test ordered this refusal");
    };
  }

  @Override
  public void beforeRead(String path) {
    meet(Moment.READ, path);
  }

  @Override
  public void beforeWrite(String path, String text) {
    meet(Moment.BEFORE_WRITE, path);
  }

  @Override
  public void afterWrite(String path, String text, Optional<KernelRefusal> refusal) {
    listener.wrote(path, text, refusal.map(KernelRefusal::errno));
    meet(Moment.AFTER_WRITE, path);
  }
}
