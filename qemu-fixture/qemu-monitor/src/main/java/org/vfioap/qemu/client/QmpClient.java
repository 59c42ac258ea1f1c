package org.vfioap.qemu.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.wire.LineSocket;

/**
 * A negotiated QMP connection. Nothing is waited for longer than the patience, ten seconds unless
 * it is set. Not thread-safe.
 */
public final class QmpClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LineSocket socket;
  private final Deque<QmpEvent> events = new ArrayDeque<>();
  private Duration patience = PATIENCE;

  private QmpClient(LineSocket socket) {
    this.socket = socket;
  }

  /**
   * Connects to the monitor at {@code path} and negotiates.
   *
   * @throws IOException if nothing listens there or it is no QMP monitor
   */
  public static QmpClient connect(Path path) throws IOException {
    QmpClient client = new QmpClient(LineSocket.connect(path));
    try {
      if (!client.receive("a greeting").has("QMP")) {
        throw new IOException("no QMP greeting at " + path);
      }
      client.execute("qmp_capabilities");
      return client;
    } catch (QemuError refused) {
      client.close();
      throw new IOException("negotiation was refused: " + refused.text(), refused);
    } catch (IOException failed) {
      client.close();
      throw failed;
    }
  }

  /** Sets how long to wait for an answer or an event. */
  public QmpClient patience(Duration newPatience) {
    patience = newPatience;
    return this;
  }

  /**
   * Executes a command without arguments.
   *
   * @throws QemuError if QEMU refuses
   * @throws NoAnswerException if nothing is answered in time
   */
  public JsonValue execute(String command) throws IOException, QemuError {
    return execute(command, JsonObject.empty());
  }

  /**
   * Executes a command and returns what it returns; events that come before are kept.
   *
   * @throws QemuError if QEMU refuses
   * @throws NoAnswerException if nothing is answered in time
   */
  public JsonValue execute(String command, JsonObject arguments) throws IOException, QemuError {
    send(JsonObject.of("execute", command).with("arguments", arguments).toJson() + "\n");
    while (true) {
      JsonObject message = receive("an answer to " + command);
      Optional<JsonValue> returned = message.get("return");
      if (returned.isPresent()) {
        return returned.get();
      }
      if (message.get("error").orElse(message) instanceof JsonObject error
          && message.has("error")) {
        String text = error.text("desc").orElse("");
        throw QemuError.of(ErrorClass.named(error.text("class").orElse("")), text).traced();
      }
      events.add(QmpEvent.of(message));
    }
  }

  /** Sends {@code text} as it is and waits for nothing. */
  public void send(String text) throws IOException {
    socket.send(text);
  }

  /**
   * Returns the first event called {@code name} that was kept, or waits for one; others are kept.
   *
   * @throws NoAnswerException if none comes in time
   */
  public QmpEvent awaitEvent(String name) throws IOException {
    for (Iterator<QmpEvent> kept = events.iterator(); kept.hasNext(); ) {
      QmpEvent event = kept.next();
      if (event.name().equals(name)) {
        kept.remove();
        return event;
      }
    }
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      QmpEvent event = QmpEvent.of(receive("event " + name, left));
      if (event.name().equals(name)) {
        return event;
      }
      events.add(event);
    }
  }

  /**
   * Returns the first event that was kept, or waits for the next.
   *
   * @throws NoAnswerException if none comes in time
   */
  public QmpEvent nextEvent() throws IOException {
    QmpEvent kept = events.poll();
    return kept == null ? QmpEvent.of(receive("an event")) : kept;
  }

  /** Returns the events that came so far and were not awaited, and forgets them. */
  public List<QmpEvent> takeEvents() {
    List<QmpEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  private JsonObject receive(String what) throws IOException {
    return receive(what, patience);
  }

  private JsonObject receive(String what, Duration wait) throws IOException {
    Optional<String> line = socket.receive(wait);
    if (line.isEmpty()) {
      throw new NoAnswerException(what + " did not come within " + patience + "; kept: " + events);
    }
    try {
      return (JsonObject) JsonReader.parse(line.get());
    } catch (JsonSyntaxException | ClassCastException broken) {
      throw new IOException("not a message of QMP: " + line.get(), broken);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
