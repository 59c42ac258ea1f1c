package org.vfioap.cli.serve;

import static org.vfioap.cli.serve.ServeClient.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, through the socket of {@code vfioap serve}. */
final class ServeDoorTest extends DoorContract {
  @TempDir private Path directory;
  private SocketServer server;
  private ServeClient client;
  private Door door;

  @BeforeEach
  @Override
  void fillAMatrix() {
    try {
      server = SocketServer.bind(directory.resolve("s"), "test", complaint -> {});
      Thread thread = new Thread(SocketServerTest.running(server), "server");
      thread.setDaemon(true);
      thread.start();
      client = new ServeClient(directory.resolve("s"));
      client.receive();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    client.ask(request("boot"));
    door = new ClientDoor(client);
    super.fillAMatrix();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  @Override
  Door door() {
    return door;
  }

  private record ClientDoor(ServeClient client) implements Door, Door.Orders {
    private static List<String> texts(JsonNode array) {
      List<String> texts = new ArrayList<>();
      array.forEach(each -> texts.add(each.asText()));
      return texts;
    }

    @Override
    public String read(String path) {
      return client.ask(request("read").put("path", path)).path("text").asText();
    }

    @Override
    public void write(String path, String value) {
      client.ask(writing(path, value));
    }

    private static ObjectNode writing(String path, String value) {
      return request("write").put("path", path).put("value", value).put("raw", true);
    }

    @Override
    public Path guest(String name, String... mdevs) {
      ObjectNode request = request("guest").put("name", name);
      ArrayNode array = request.putArray("mdevs");
      List.of(mdevs).forEach(array::add);
      return Path.of(client.ask(request).path("qmp").asText());
    }

    @Override
    public Set<String> queues(String guest) {
      JsonNode answer = client.ask(request("queues").put("guest", guest));
      return new TreeSet<>(texts(answer.path("apqns")));
    }

    @Override
    public Door.Orders faults() {
      return this;
    }

    @Override
    public void awaitQueue(String apqn) {
      client.ask(request("await").put("queue", apqn));
    }

    @Override
    public void awaitQueueIn(String apqn, String guest, long milliseconds) {
      client.ask(request("await").put("queue", apqn).put("in", guest).put("ms", milliseconds));
    }

    @Override
    public void awaitLog(String text) {
      client.ask(request("await").put("log", text));
    }

    @Override
    public void awaitUevent(String action, String glob) {
      client.ask(request("await").put("event", action + "@" + glob));
    }

    @Override
    public void awaitGuestEvent(String guest, String event) {
      client.ask(request("await").put("guest", guest).put("event", event));
    }

    @Override
    public List<String> commands(String guest) {
      JsonNode answer = client.ask(request("journal").put("guest", guest));
      List<String> commands = answer.path("entries").findValuesAsText("command");
      return commands.stream().filter(each -> !each.isEmpty()).toList();
    }

    @Override
    public List<String> writes() {
      List<String> lines = new ArrayList<>();
      for (JsonNode each : client.ask(request("writes")).path("writes")) {
        String path = each.path("path").asText();
        lines.add(path + " " + each.path("value").asText() + " " + each.path("errno").asText());
      }
      return lines;
    }

    private static ObjectNode fault(String subject, String value) {
      return request("fault").put(subject, value);
    }

    @Override
    public void rejectUnplug(String guest) {
      client.ask(fault("unplug", "reject").put("guest", guest));
    }

    @Override
    public void refusePlug(String guest, String text) {
      client.ask(fault("plug", "refuse").put("guest", guest).put("text", text));
    }

    @Override
    public void refuseCommand(String guest, String command, String text) {
      ObjectNode fault = fault("command", command).put("guest", guest);
      client.ask(fault.put("fault", "refuse").put("text", text));
    }

    @Override
    public void loseEvent(String guest, String event) {
      client.ask(fault("event", event).put("guest", guest).put("fault", "lose"));
    }

    @Override
    public void refuseWrite(String glob, String errno) {
      client.ask(fault("write", glob).put("fault", "refuse").put("errno", errno));
    }

    @Override
    public void writeBefore(String glob, String path, String value) {
      ObjectNode request = fault("before", glob);
      request.set("then", writing(path, value));
      client.ask(request);
    }

    @Override
    public void arrive(int adapter, String type, String mode) {
      ObjectNode request = request("fault").put("arrive", adapter);
      client.ask(request.put("type", type).put("mode", mode));
    }

    @Override
    public void checkstop(int adapter) {
      client.ask(request("fault").put("checkstop", adapter));
    }
  }
}
