package org.vfioap.benchmarks;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A program that opens, reads or writes, and closes a file as often as it can: arguments are the
 * path, how many threads do it, and the text to write, if it is to be written. It prints how often
 * per second all of them did.
 */
final class FileClient {
  private static final long WARM_UP_NANOS = 1_000_000_000L;
  private static final long NANOS = 2_000_000_000L;

  private FileClient() {}

  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    String path = arguments[0];
    byte[] text = arguments.length > 2 ? arguments[2].getBytes(StandardCharsets.UTF_8) : null;
    Call call = text == null ? () -> read(path) : () -> write(path, text);
    int threads = Integer.parseInt(arguments[1]);
    run(threads, () -> repeat(call, WARM_UP_NANOS));
    System.out.println(run(threads, () -> repeat(call, NANOS)) * 1_000_000_000L / NANOS);
    System.exit(0);
  }

  private interface Call {
    void run() throws IOException;
  }

  private static long run(int threads, Callable<Long> work)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<Long>> counts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      counts.add(executor.submit(work));
    }
    long total = 0;
    for (Future<Long> count : counts) {
      total += count.get();
    }
    executor.shutdown();
    return total;
  }

  private static long repeat(Call call, long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    long count = 0;
    while (System.nanoTime() < end) {
      call.run();
      count++;
    }
    return count;
  }

  private static void read(String path) throws IOException {
    try (FileInputStream file = new FileInputStream(path)) {
      if (file.read(new byte[512]) < 0) {
        throw new IOException(path + " is empty");
      }
    }
  }

  private static void write(String path, byte[] text) throws IOException {
    try (FileOutputStream file = new FileOutputStream(path)) {
      file.write(text);
    }
  }
}
