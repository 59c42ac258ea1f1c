package org.vfioap.cli.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.vfioap.fuse.MountException;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.LogLine;
import org.vfioap.machine.MachineFileException;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.qapi.QemuError;

/**
 * One client: its machines end when its input ends.
 *
 * <p>Requests are done one after another, except those with {@code "async": true}, such as an
 * {@code await} or a write that waits for a guest.
 */
final class Session implements AutoCloseable {
  /** Changes when a client that was written for an older one would fail. */
  static final int PROTOCOL = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Machines machines = new Machines();
  private final Map<String, Operation> operations = new TreeMap<>();
  private final Consumer<String> out;

  private Session(Consumer<String> out) {
    this.out = out;
    operations.putAll(MachineOperations.of(machines));
    operations.putAll(GuestOperations.of(machines));
    operations.put("await", Await.operation(machines));
    operations.put("fault", Operation.of(this::fault, FaultOrder.MEMBERS));
    operations.put("release", Operation.of(this::release, "machine", "async"));
  }

  /** Answers until the input ends. */
  static void serve(BufferedReader in, Consumer<String> out, String version) throws IOException {
    out.accept(Reply.object().put("vfioap", version).put("protocol", PROTOCOL).toString());
    try (Session session = new Session(out)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          session.take(line);
        }
      }
    }
  }

  private void take(String line) {
    try {
      if (!(JSON.readTree(line) instanceof ObjectNode object)) {
        send(Reply.error(NullNode.instance, Reply.wrong("a request is an object")));
      } else if (object.path("async").asBoolean()) {
        Thread thread = new Thread(() -> send(answer(object)), "request");
        thread.setDaemon(true);
        thread.start();
      } else {
        send(answer(object));
      }
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().split(" \\(start marker", 2)[0];
      String text = "the line is no JSON: " + reason;
      send(Reply.error(NullNode.instance, Reply.wrong(text)));
    }
  }

  private void send(ObjectNode reply) {
    synchronized (out) {
      out.accept(reply.toString());
    }
  }

  private ObjectNode answer(ObjectNode object) {
    JsonNode id = object.has("id") ? object.get("id") : NullNode.instance;
    Request request = new Request(object);
    long position = machines.logPosition(request);
    try {
      return Reply.ok(id, operation(request).action().run(request));
    } catch (KernelRefusal refusal) {
      List<LogLine> log = machines.logSince(request, position);
      return Reply.error(id, Reply.refused(refusal, log));
    } catch (AwaitedInVain vain) {
      return Reply.error(id, vain.toJson());
    } catch (QemuError refusal) {
      return Reply.error(id, Reply.qemu(refusal));
    } catch (EndedEarly end) {
      return Reply.error(id, Reply.ended(end));
    } catch (IllegalArgumentException | MachineFileException | MountException wrong) {
      return Reply.error(id, Reply.wrong(String.valueOf(wrong.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.error(id, Reply.wrong("interrupted"));
    } catch (RuntimeException fault) {
      return Reply.error(id, Reply.object().put("kind", "fault").put("text", fault.toString()));
    }
  }

  private JsonNode fault(Request request) {
    if (request.json().get("then") instanceof ObjectNode then) {
      operation(new Request(then));
    }
    FaultOrder.apply(request, machines.of(request), this::doNested);
    return Reply.object();
  }

  private JsonNode release(Request request) {
    return Reply.object().put("released", machines.of(request).files().release());
  }

  private void doNested(ObjectNode object) {
    ObjectNode answer = answer(object);
    if (answer.has("error")) {
      throw new IllegalStateException("'then' failed: " + answer.get("error"));
    }
  }

  private Operation operation(Request request) {
    String name = request.text("do");
    Operation operation = operations.get(name);
    if (operation == null) {
      throw new IllegalArgumentException(
          "cannot do '" + name + "'; allowed: " + String.join(", ", operations.keySet()));
    }
    request.allow(operation.members());
    return operation;
  }

  /** Returns what clients may ask for. */
  static Map<String, Operation> operations() {
    try (Session session = new Session(line -> {})) {
      return session.operations;
    }
  }

  @Override
  public void close() {
    machines.close();
  }
}
