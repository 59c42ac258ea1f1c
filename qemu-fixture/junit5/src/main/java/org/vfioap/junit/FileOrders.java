package org.vfioap.junit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.vfioap.files.Glob;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.FileHook;

/** What was ordered to happen around reads and writes, and the journal of writes. */
final class FileOrders implements FileHook {
  private final ApHost host;
  private final FileJournal journal = new FileJournal();
  private final List<Order> orders = new ArrayList<>();

  /** The moments at which something can happen. */
  enum Moment {
    READ,
    BEFORE_WRITE,
    AFTER_WRITE
  }

  private record Order(Moment moment, String glob, Pattern paths, Consumer<String> action) {
    @Override
    public String toString() {
      String what = moment == Moment.READ ? "next read of " : "next write of ";
      return what + glob;
    }
  }

  FileOrders(ApHost host) {
    this.host = host;
  }

  FileJournal journal() {
    return journal;
  }

  synchronized void order(Moment moment, String glob, Consumer<String> action) {
    orders.add(new Order(moment, glob, Glob.pattern(glob), action));
  }

  /** Returns what did not happen, each in words. */
  synchronized List<String> unused() {
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

  static Consumer<String> refusing(Errno errno) {
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
    journal.add(host.clock().instant(), path, text, refusal.map(KernelRefusal::errno));
    meet(Moment.AFTER_WRITE, path);
  }
}
