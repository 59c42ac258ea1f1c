package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.vfioap.files.FileOrders;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;

/** What a client ordered to happen to files, and which were written. */
final class ServedFiles {
  private final ApHost host;
  private final FileOrders orders;
  private final List<ObjectNode> writes = new ArrayList<>();
  private final List<CountDownLatch> stalled = new ArrayList<>();

  ServedFiles(ApHost host) {
    this.host = host;
    orders = FileOrders.of(host, this::wrote);
  }

  FileOrders orders() {
    return orders;
  }

  private synchronized void wrote(String path, String text, Optional<Errno> refused) {
    ObjectNode write =
        Reply.object()
            .put("time", host.clock().instant().toString())
            .put("path", path)
            .put("value", text.strip());
    refused.ifPresent(errno -> write.put("errno", errno.name()));
    writes.add(write);
  }

  /** Adds the writes, oldest first; forgets them if told so. */
  synchronized void describe(ArrayNode array, boolean clear) {
    array.addAll(writes);
    if (clear) {
      writes.clear();
    }
  }

  /** Returns what a file waits for. */
  synchronized CountDownLatch stall() {
    CountDownLatch latch = new CountDownLatch(1);
    stalled.add(latch);
    return latch;
  }

  /** Lets all files that are held up go on; returns how many. */
  synchronized int release() {
    stalled.forEach(CountDownLatch::countDown);
    int count = stalled.size();
    stalled.clear();
    return count;
  }
}
