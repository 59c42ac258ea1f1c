package org.vfioap.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;

/** One scenario on one host. */
public final class ScenarioRun {
  private final Scenario scenario;
  private final boolean digest;
  private final ApHost host;
  private final Map<String, Guest> guests = new LinkedHashMap<>();
  private final Map<String, Guest> connected = new LinkedHashMap<>();
  private final Map<String, OpenMdev> open = new LinkedHashMap<>();
  private final ScenarioFiles files;
  private final BlockedWrites blocked;
  private HostState state;
  private int mostQueues;

  private ScenarioRun(
      Scenario scenario,
      KernelProfile profile,
      Function<ApHost, ScenarioFiles> opener,
      boolean digest) {
    this.scenario = scenario;
    this.digest = digest;
    host = boot(scenario, profile);
    files = opener.apply(host);
    blocked = new BlockedWrites(host, files);
    state = snapshot();
  }

  private static ApHost boot(Scenario scenario, KernelProfile profile) {
    try {
      return ScenarioMachine.boot(scenario.hardware(), profile);
    } catch (IllegalArgumentException e) {
      throw new ScenarioException(scenario.name() + ": hw: " + e.getMessage(), e);
    }
  }

  /**
   * Runs a scenario and returns what happened, in the form of the scenario file: name, initial
   * state, and the operations with their actual results.
   *
   * @throws ScenarioException if an operation is not known
   */
  public static ObjectNode of(Scenario scenario, KernelProfile profile) {
    return of(scenario, profile, host -> ScenarioFiles.of(host.sysfs()));
  }

  /**
   * Runs a scenario as {@link #of(Scenario, KernelProfile)}, with files of its own.
   *
   * @param opener returns the files of a machine
   */
  public static ObjectNode of(
      Scenario scenario, KernelProfile profile, Function<ApHost, ScenarioFiles> opener) {
    ScenarioRun listed = new ScenarioRun(scenario, profile, opener, false);
    ObjectNode result = listed.run();
    // Whether queues are listed depends on how many there ever are, so a large machine runs again.
    return listed.mostQueues > HostState.MANY_QUEUES
        ? new ScenarioRun(scenario, profile, opener, true).run()
        : result;
  }

  private ObjectNode run() {
    ObjectNode result = Scenario.JSON.createObjectNode();
    result.put("name", scenario.name());
    result.set("initial", state.json());
    ArrayNode results = result.putArray("ops");
    try {
      for (JsonNode operation : scenario.operations()) {
        results.add(perform(object(operation, results.size() + 1)));
      }
    } finally {
      blocked.abandon();
      files.close();
    }
    return result;
  }

  private ObjectNode object(JsonNode operation, int number) {
    if (operation instanceof ObjectNode object) {
      return object;
    }
    throw new ScenarioException(scenario.name() + ": operation " + number + " is no object");
  }

  private HostState snapshot() {
    HostState now = HostState.of(host, connected, digest);
    mostQueues = Math.max(mostQueues, now.queueCount());
    return now;
  }

  private ObjectNode perform(ObjectNode operation) {
    ObjectNode result = question(operation);
    long logPosition = host.log().position();
    try {
      act(operation, result);
    } catch (KernelRefusal refusal) {
      result.put("err", refusal.errno().name());
    }
    HostState before = state;
    state = snapshot();
    blocked.putFinished(result, state);
    Shortened.putLog(result, host.log().linesSince(logPosition));
    noteUnboundQueues(operation, result, before);
    ObjectNode delta = StateDelta.between(before.json(), state.json());
    if (!delta.isEmpty()) {
      result.set("delta", delta);
    }
    return result;
  }

  /** Returns the operation without the results that the file has for it. */
  private static ObjectNode question(ObjectNode operation) {
    ObjectNode question = Scenario.JSON.createObjectNode();
    for (String key : new String[] {"op", "path", "in", "set", "mdev", "guest"}) {
      Optional.ofNullable(operation.get(key)).ifPresent(value -> question.set(key, value));
    }
    return question;
  }

  private void act(ObjectNode operation, ObjectNode result) {
    String name = operation.path("op").asText();
    switch (name) {
      case "write" -> write(text(operation, "path"), text(operation, "in"), result);
      case "read" -> Shortened.putOut(result, files.read(text(operation, "path")));
      case "hw" -> {
        changeHardware(operation.path("set"));
        result.put("ret", 0);
      }
      case "scan" -> {
        host.scan();
        result.put("ret", 0);
      }
      case "open" -> open(operation, result);
      case "close" -> close(text(operation, "mdev"), result);
      case "reset" -> reset(text(operation, "mdev"), result);
      default ->
          throw new ScenarioException(
              scenario.name()
                  + ": unknown operation '"
                  + name
                  + "'; known are write, read, hw, scan, open, close, reset");
    }
  }

  private void changeHardware(JsonNode set) {
    try {
      host.change(hardware -> ScenarioMachine.change(hardware, set));
    } catch (IllegalArgumentException e) {
      throw new ScenarioException(scenario.name() + ": " + set + ": " + e.getMessage(), e);
    }
  }

  private String text(ObjectNode operation, String key) {
    JsonNode value = operation.get(key);
    if (value == null || !value.isTextual()) {
      throw new ScenarioException(
          scenario.name() + ": operation " + operation.path("op") + " needs a text '" + key + "'");
    }
    return value.textValue();
  }

  private void write(String path, String in, ObjectNode result) {
    if (path.endsWith("/remove")) {
      blocked.write(path, in, result);
    } else {
      result.put("ret", files.write(path, in.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  private void open(ObjectNode operation, ObjectNode result) {
    String uuid = text(operation, "mdev");
    JsonNode name = operation.path("guest");
    Guest guest = name.isTextual() ? guest(name.textValue()) : null;
    open.put(uuid, host.open(uuid, guest));
    if (guest != null) {
      connected.put(guest.name(), guest);
    }
    result.put("ret", 0);
  }

  private Guest guest(String name) {
    return guests.computeIfAbsent(
        name, n -> n.startsWith("nocrypto") ? Guest.withoutCrypto(n) : host.guest(n));
  }

  private void close(String uuid, ObjectNode result) {
    OpenMdev mdev = open.remove(uuid);
    if (mdev == null) {
      result.put("err", "ENOENT");
    } else {
      mdev.close();
      result.put("ret", 0);
    }
  }

  private void reset(String uuid, ObjectNode result) {
    OpenMdev mdev = open.get(uuid);
    if (mdev == null) {
      result.put("err", "ENOENT");
    } else {
      mdev.reset();
      result.put("ret", 0);
    }
  }

  /** Linux 6.1 reads through a null pointer when a mask write meets a queue without a driver. */
  private void noteUnboundQueues(ObjectNode operation, ObjectNode result, HostState before) {
    boolean maskWrite =
        operation.path("path").asText().matches("/sys/bus/ap/a[pq]mask")
            && operation.path("op").asText().equals("write");
    if (maskWrite && !state.sameMasks(before) && before.hasUnboundQueue()) {
      result.put("unbound_queue_checked", true);
    }
  }
}
