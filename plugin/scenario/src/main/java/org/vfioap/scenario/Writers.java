package org.vfioap.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.Wait;

/**
 * Operations that may wait: for a guest to close the mdev that is being removed, or for ever.
 *
 * <p>Each runs in a thread of its own. Whether it waits is known from what it waits for, never from
 * the time it takes.
 */
final class Writers {
  private final ApHost host;
  private final List<Blocked> blocked = new ArrayList<>();
  private volatile CompletableFuture<Wait> waiting = new CompletableFuture<>();

  private record Blocked(String uuid, CompletableFuture<Integer> answer) {}

  Writers(ApHost host) {
    this.host = host;
    host.onWait(reason -> waiting.complete(reason));
  }

  /**
   * Acts and tells the result: what it returned, or that it is blocked.
   *
   * @param mdev the UUID of the mdev that the operation is about
   * @return true if the operation never ends
   */
  boolean act(String mdev, ObjectNode result, IntSupplier action) {
    waiting = new CompletableFuture<>();
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Thread writer = new Thread(() -> complete(answer, action), "scenario writer");
    writer.setDaemon(true);
    writer.start();
    CompletableFuture.anyOf(waiting, answer.handle((value, error) -> true)).join();
    if (answer.isDone()) {
      putAnswer(result, answer);
      return false;
    }
    // The writer holds the kernel's lock until it really waits.
    host.awaitChange();
    result.put("blocked", true);
    if (waiting.join() == Wait.FOR_CLOSE) {
      blocked.add(new Blocked(mdev, answer));
      return false;
    }
    result.put("hangs", true);
    return true;
  }

  private static void complete(CompletableFuture<Integer> answer, IntSupplier action) {
    try {
      answer.complete(action.getAsInt());
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private static void putAnswer(ObjectNode result, CompletableFuture<Integer> answer) {
    try {
      result.put("ret", answer.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof KernelRefusal refusal) {
        result.put("err", refusal.errno().name());
      } else {
        throw e;
      }
    }
  }

  /** Adds the blocked writes that returned since the last operation: those whose mdev is gone. */
  void putFinished(ObjectNode result, HostState now) {
    for (Iterator<Blocked> writes = blocked.iterator(); writes.hasNext(); ) {
      Blocked write = writes.next();
      if (!now.hasMdev(write.uuid())) {
        ObjectNode told = result.withArray("unblocked").addObject().put("mdev", write.uuid());
        putAnswer(told, write.answer());
        writes.remove();
      }
    }
  }
}
