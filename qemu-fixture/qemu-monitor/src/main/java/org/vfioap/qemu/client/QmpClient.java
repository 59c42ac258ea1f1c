package org.vfioap.qemu.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.wire.LineSocket;

/** A negotiated QMP connection. Not thread-safe. */
public final class QmpClient implements AutoCloseable {
  private final LineSocket socket;
  private final Deque<JsonObject> events = new ArrayDeque<>();

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
    if (!client.receive().has("QMP")) {
      throw new IOException("no QMP greeting at " + path);
    }
    try {
      client.execute("qmp_capabilities");
    } catch (QemuError refused) {
      throw new IOException("negotiation was refused: " + refused.text(), refused);
    }
    return client;
  }

  /**
   * Executes a command without arguments.
   *
   * @throws QemuError if QEMU refuses
   */
  public JsonValue execute(String command) throws IOException, QemuError {
    return execute(command, JsonObject.empty());
  }

  /**
   * Executes a command and returns what it returns; events that come before are kept.
   *
   * @throws QemuError if QEMU refuses
   */
  public JsonValue execute(String command, JsonObject arguments) throws IOException, QemuError {
    socket.send(JsonObject.of("execute", command).with("arguments", arguments).toJson() + "\n");
    while (true) {
      JsonObject message = receive();
      Optional<JsonValue> returned = message.get("return");
      if (returned.isPresent()) {
        return returned.get();
      }
      if (message.get("error").orElse(message) instanceof JsonObject error
          && message.has("error")) {
        String text = error.text("desc").orElse("");
        throw QemuError.of(ErrorClass.named(error.text("class").orElse("")), text);
      }
      events.add(message);
    }
  }

  /** Waits for the next event called {@code name} and returns it; others are kept. */
  public JsonObject awaitEvent(String name) throws IOException {
    for (Iterator<JsonObject> kept = events.iterator(); kept.hasNext(); ) {
      JsonObject event = kept.next();
      if (event.text("event").equals(Optional.of(name))) {
        kept.remove();
        return event;
      }
    }
    JsonObject message = receive();
    while (!message.text("event").equals(Optional.of(name))) {
      events.add(message);
      message = receive();
    }
    return message;
  }

  private JsonObject receive() throws IOException {
    String line = socket.receive();
    try {
      return (JsonObject) JsonReader.parse(line);
    } catch (JsonSyntaxException broken) {
      throw new IOException("not JSON: " + line, broken);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
