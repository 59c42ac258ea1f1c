package org.vfioap.benchmarks;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Prints how many {@code query-status} a program with QEMU's command line answers per second when 4
 * and when 64 clients ask at once, each on a monitor of its own.
 *
 * <p>Run with {@code java -cp benchmarks.jar org.vfioap.benchmarks.ManyMonitors PROGRAM}.
 */
public final class ManyMonitors {
  private static final byte[] QUESTION =
      "{\"execute\": \"query-status\"}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEGOTIATION =
      "{\"execute\": \"qmp_capabilities\"}".getBytes(StandardCharsets.US_ASCII);
  private static final int WARM_UP_SECONDS = 3;
  private static final int SECONDS = 5;

  private final Path directory;
  private final LongAdder answers = new LongAdder();
  private volatile boolean ended;

  private ManyMonitors(Path directory) {
    this.directory = directory;
  }

  /** Measures the program that the first argument names. */
  public static void main(String[] args) throws Exception {
    for (int clients : new int[] {4, 64}) {
      Path directory = Files.createTempDirectory("monitors");
      double rate = new ManyMonitors(directory).measure(args[0], clients);
      System.out.printf(Locale.ROOT, "%d clients: %.0f answers/s%n", clients, rate);
    }
  }

  private double measure(String program, int clients) throws Exception {
    List<String> command = new ArrayList<>(List.of(program, "-nodefaults", "-S"));
    command.addAll(List.of("-display", "none"));
    for (int i = 0; i < clients; i++) {
      command.addAll(List.of("-qmp", "unix:" + socket(i) + ",server=on,wait=off"));
    }
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      return ask(process, clients);
    } finally {
      process.destroy();
      process.waitFor();
      Files.delete(directory);
    }
  }

  private Path socket(int number) {
    return directory.resolve(Integer.toString(number));
  }

  private double ask(Process process, int clients) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      SocketChannel channel = connect(socket(i), process);
      threads.add(new Thread(() -> converse(channel)));
    }
    threads.forEach(Thread::start);
    TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
    long before = answers.sum();
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(SECONDS);
    double rate = (answers.sum() - before) * 1e9 / (System.nanoTime() - start);
    ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
    return rate;
  }

  private static SocketChannel connect(Path socket, Process process) throws Exception {
    while (true) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
      } catch (IOException notYet) {
        channel.close();
        if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
          throw notYet;
        }
      }
    }
  }

  private void converse(SocketChannel channel) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
    try (channel) {
      line(channel, buffer);
      exchange(channel, NEGOTIATION, buffer);
      while (!ended) {
        exchange(channel, QUESTION, buffer);
        answers.increment();
      }
    } catch (IOException lost) {
      throw new java.io.UncheckedIOException(lost);
    }
  }

  private static void exchange(SocketChannel channel, byte[] question, ByteBuffer buffer)
      throws IOException {
    channel.write(buffer.clear().put(question).flip());
    line(channel, buffer);
  }

  private static void line(SocketChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    do {
      if (channel.read(buffer) < 0) {
        throw new IOException("the monitor closed the connection");
      }
    } while (buffer.get(buffer.position() - 1) != '\n');
  }
}
