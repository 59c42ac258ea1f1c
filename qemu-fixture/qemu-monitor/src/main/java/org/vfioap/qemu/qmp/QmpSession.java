package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.json.JsonWriter;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;

/**
 * One client of a QMP monitor, from its greeting on. Source: monitor/qmp.c and qapi/qmp-dispatch.c
 * of QEMU 7.2.
 */
public final class QmpSession implements JsonReader.Listener {
  private static final String NEGOTIATE = "qmp_capabilities";
  private static final String OUT_OF_BAND = "oob";

  private final QmpCommands commands;
  private final JsonWriter writer;
  private final MonitorOutput output;
  private final JsonReader reader = JsonReader.tell(this);
  private boolean negotiated;
  private boolean outOfBand;

  private QmpSession(QmpCommands commands, boolean pretty, MonitorOutput output) {
    this.commands = commands;
    this.writer = pretty ? JsonWriter.pretty() : JsonWriter.compact();
    this.output = output;
  }

  /** Opens a session: writes the greeting. */
  public static QmpSession open(QmpCommands commands, boolean pretty, MonitorOutput output) {
    QmpSession session = new QmpSession(commands, pretty, output);
    session.send(
        JsonObject.of(
            "QMP",
            JsonObject.of("version", version())
                .with("capabilities", JsonArray.ofStrings(java.util.List.of(OUT_OF_BAND)))));
    return session;
  }

  /** Returns the answer to {@code query-version}, which is also part of the greeting. */
  static JsonObject version() {
    QemuVersion version = QemuVersion.current();
    String[] parts = version.number().split("\\.", -1);
    JsonObject numbers =
        JsonObject.empty()
            .with("major", Long.parseLong(parts[0]))
            .with("minor", Long.parseLong(parts[1]))
            .with("micro", Long.parseLong(parts[2]));
    return JsonObject.of("qemu", numbers).with("package", version.distributor());
  }

  /** Takes the next byte from the client. */
  public void receive(byte b) {
    reader.feed(b);
  }

  /** Tells the client about an event, if it has negotiated. */
  public void event(JsonObject event) {
    if (negotiated) {
      send(event);
    }
  }

  private void send(JsonObject message) {
    output.writeBytes(writer.line(message));
  }

  @Override
  public void refused(JsonSyntaxException error) {
    send(JsonObject.of("error", QemuError.generic(error.text()).toJson()));
  }

  /** A guest that has ended answers nothing more. */
  @Override
  public void message(JsonValue value) {
    if (commands.areOver()) {
      return;
    }
    JsonObject response = JsonObject.empty();
    try {
      JsonObject request = object(value);
      request.get("id").ifPresent(id -> response.with("id", id));
      response.with("return", run(request));
    } catch (QemuError refused) {
      response.with("error", refused.toJson());
    } catch (RuntimeException mistake) {
      response.with("error", QemuError.mistake(mistake).toJson());
    }
    send(response);
  }

  private static JsonObject object(JsonValue value) throws QemuError {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw QemuError.generic("QMP input must be a JSON object");
  }

  private JsonValue run(JsonObject request) throws QemuError {
    Request checked = Request.check(request, outOfBand);
    boolean negotiates = checked.command().equals(NEGOTIATE);
    if (!negotiated && !negotiates) {
      throw commandNotFound("Expecting capabilities negotiation with 'qmp_capabilities'");
    }
    CommandSchema schema = commands.schema();
    if (!schema.knows(checked.command())) {
      throw commandNotFound("The command " + checked.command() + " has not been found");
    }
    if (checked.outOfBand() && !schema.allowsOutOfBand(checked.command())) {
      throw QemuError.generic("The command " + checked.command() + " does not support OOB");
    }
    schema.check(checked.command(), checked.arguments());
    if (negotiates) {
      return negotiate(checked.arguments());
    }
    return commands.run(checked.command(), checked.arguments());
  }

  private static QemuError commandNotFound(String text) {
    return QemuError.of(ErrorClass.COMMAND_NOT_FOUND, text);
  }

  private JsonValue negotiate(JsonObject arguments) throws QemuError {
    if (negotiated) {
      throw commandNotFound("Capabilities negotiation is already complete, command ignored");
    }
    Optional<JsonValue> enable = arguments.get("enable");
    outOfBand =
        enable.isPresent()
            && ((JsonArray) enable.get()).items().contains(JsonString.of(OUT_OF_BAND));
    negotiated = true;
    return JsonObject.empty();
  }
}
