package org.vfioap.place;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The socket in the machine's folder through which it is told what to do.
 *
 * <p>It belongs to the user alone (0600). A connection carries one request, see {@link Wire}, which
 * must come soon; {@link Visitors} says how soon, and how many are answered at once.
 */
final class ControlSocket {
  private final Map<String, Order> orders;
  private final Visitors visitors = new Visitors();

  private ControlSocket(Map<String, Order> orders) {
    this.orders = orders;
  }

  /** A verb of which it is known what machine is meant. */
  @FunctionalInterface
  interface Order {
    void run(List<String> words, Verb.Answer answer) throws IOException, InterruptedException;
  }

  /** Listens at the path and answers until the process ends. */
  static void serve(Path path, Place place, Map<String, Verb> verbs) throws IOException {
    Map<String, Order> orders = new TreeMap<>();
    verbs.forEach(
        (name, verb) -> orders.put(name, (words, answer) -> verb.run(place, words, answer)));
    serve(path, orders);
  }

  static void serve(Path path, Map<String, Order> orders) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    ControlSocket socket = new ControlSocket(orders);
    start(() -> socket.accept(server));
    start(socket.visitors::dismissTheSilent);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "control");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocketChannel server) {
    try {
      while (true) {
        SocketChannel client = server.accept();
        visitors.arrives(client);
        start(() -> answer(client));
      }
    } catch (IOException end) {
      System.err.println("the control socket ended: " + end.getMessage());
    }
  }

  private void answer(SocketChannel client) {
    try (client;
        Reader in = Channels.newReader(client, StandardCharsets.UTF_8);
        Writer out = Channels.newWriter(client, StandardCharsets.UTF_8)) {
      send(out, perform(client, in, line -> send(out, Wire.part(Wire.LINE, line))));
    } catch (IOException nobodyListens) {
      // The asker has gone; there is nobody to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      visitors.leaves(client);
    }
  }

  /** Returns the end of the answer. */
  private String perform(SocketChannel client, Reader in, Verb.Answer answer)
      throws IOException, InterruptedException {
    try {
      List<String> words = Wire.words(readLine(in));
      visitors.asks(client, words.contains(News.FOLLOW));
      Order order = words.isEmpty() ? null : orders.get(words.get(0));
      if (order == null) {
        throw new IllegalArgumentException(
            "a request begins with one of: " + String.join(", ", orders.keySet()));
      }
      order.run(words.subList(1, words.size()), answer);
      return Wire.part(Wire.DONE, "");
    } catch (RuntimeException refusal) {
      return Wire.part(Wire.ERROR, String.valueOf(refusal.getMessage()));
    }
  }

  private static String readLine(Reader in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      line.append((char) c);
      if (line.length() > Wire.MAX_REQUEST) {
        throw new IllegalArgumentException("a request has at most 65536 characters");
      }
      c = in.read();
    }
    return line.toString();
  }

  private static void send(Writer out, String text) throws IOException {
    synchronized (out) {
      out.write(text);
      out.flush();
    }
  }
}
