package org.vfioap.qemu.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.monitor.Protocol;
import org.vfioap.qemu.qapi.QemuError;

/** One client's conversation with the script between: complete messages pass or meet a fault. */
final class ScriptedSession implements Protocol.Session, JsonReader.Listener {
  private final Rehearsal rehearsal;
  private final String monitor;
  private final HeldOutput output;
  private final Protocol.Session session;
  private final JsonReader reader = JsonReader.tell(this);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private ScriptedSession(
      Rehearsal rehearsal, Protocol protocol, String monitor, HeldOutput output) {
    this.rehearsal = rehearsal;
    this.monitor = monitor;
    this.output = output;
    this.session = protocol.open(output);
  }

  static Protocol.Session open(
      Rehearsal rehearsal, Protocol protocol, String monitor, Protocol.Client client) {
    return new ScriptedSession(rehearsal, protocol, monitor, new HeldOutput(client));
  }

  @Override
  public void receive(byte b) {
    bytes.write(b);
    reader.feed(b);
  }

  @Override
  public void event(JsonObject event) {
    session.event(event);
  }

  @Override
  public void passed(List<Integer> descriptors) {
    session.passed(descriptors);
  }

  @Override
  public void refused(JsonSyntaxException error) {
    note(Optional.empty());
    pass();
  }

  @Override
  public void message(JsonValue value) {
    Optional<JsonObject> message =
        value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    note(message);
    Optional<String> command = message.flatMap(object -> object.text("execute"));
    Optional<Fault> fault = command.flatMap(rehearsal.script()::take);
    if (fault.isEmpty()) {
      pass();
    } else {
      meet(fault.get(), message.orElseGet(JsonObject::empty));
    }
  }

  private void note(Optional<JsonObject> message) {
    rehearsal.note(monitor, bytes.toString(StandardCharsets.UTF_8), message);
  }

  private void pass() {
    byte[] complete = bytes.toByteArray();
    bytes.reset();
    for (byte b : complete) {
      session.receive(b);
    }
  }

  private void meet(Fault fault, JsonObject request) {
    if (fault instanceof Fault.DelayAnswer late) {
      output.hold();
      pass();
      rehearsal.after(late.delay(), output::release);
      return;
    }
    bytes.reset();
    if (fault instanceof Fault.Stall) {
      output.silence();
    } else if (fault instanceof Fault.DropConnection) {
      output.close();
    } else if (fault instanceof Fault.Garbage garbage) {
      output.writeBytes(garbage.text().getBytes(StandardCharsets.UTF_8));
    } else if (fault instanceof Fault.Refuse refusal) {
      answer(request, "error", QemuError.of(refusal.errorClass(), refusal.text()).toJson());
    } else if (fault instanceof Fault.Answer given) {
      answer(request, "return", given.value());
    }
  }

  private void answer(JsonObject request, String member, JsonValue value) {
    JsonObject response = JsonObject.empty();
    request.get("id").ifPresent(id -> response.with("id", id));
    String line = response.with(member, value).toJson() + "\r\n";
    output.writeBytes(line.getBytes(StandardCharsets.UTF_8));
  }
}
