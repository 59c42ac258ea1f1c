package org.vfioap.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelRefusal;

/** Writes to {@code remove} files, which may wait until a guest closes the mdev. */
final class BlockedWrites {
  private final ScenarioFiles files;
  private final List<Blocked> blocked = new ArrayList<>();
  private volatile CompletableFuture<Boolean> waiting = new CompletableFuture<>();

  private record Blocked(String uuid, CompletableFuture<Integer> answer, Thread writer) {}

  BlockedWrites(ApHost host, ScenarioFiles files) {
    this.files = files;
    host.onWait(() -> waiting.complete(true));
  }

  /** Writes; the result is what the write returned, or that it is blocked. */
  void write(String path, String in, ObjectNode result) {
    waiting = new CompletableFuture<>();
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Thread writer = new Thread(() -> complete(answer, path, in), "write " + path);
    writer.setDaemon(true);
    writer.start();
    CompletableFuture.anyOf(waiting, answer.handle((value, error) -> true)).join();
    if (answer.isDone()) {
      putAnswer(result, answer);
    } else {
      result.put("blocked", true);
      String mdev = path.substring(0, path.lastIndexOf('/'));
      String uuid = mdev.substring(mdev.lastIndexOf('/') + 1);
      blocked.add(new Blocked(uuid, answer, writer));
    }
  }

  private void complete(CompletableFuture<Integer> answer, String path, String in) {
    try {
      answer.complete(files.write(path, in.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (KernelRefusal refusal) {
      answer.completeExceptionally(refusal);
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

  /** Interrupts the writes that still wait when the scenario is over. */
  void abandon() {
    blocked.forEach(write -> write.writer().interrupt());
    blocked.clear();
  }
}
