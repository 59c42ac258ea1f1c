package org.vfioap.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.QueueState;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.MdevSignal;
import org.vfioap.mdev.OpenMdev;

/** One scenario on one host. */
public final class ScenarioRun {
  private static final int LONGEST_WAIT = 86_400;

  private final Scenario scenario;
  private final boolean digest;
  private final ApHost host;
  private final Map<String, Guest> guests = new LinkedHashMap<>();
  private final Map<String, Guest> connected = new LinkedHashMap<>();
  private final Map<String, OpenMdev> open = new LinkedHashMap<>();
  private final SteppedClock clock = new SteppedClock();
  private final ScenarioFiles files;
  private final Writers writers;
  private final Observations observations;
  private HostState state;
  private int mostQueues;

  private ScenarioRun(
      Scenario scenario,
      KernelProfile profile,
      Function<ApHost, ScenarioFiles> opener,
      boolean digest) {
    this.scenario = scenario;
    this.digest = digest;
    host = boot(scenario, profile, clock);
    files = opener.apply(host);
    writers = new Writers(host);
    observations = Observations.of(scenario, host);
    state = snapshot();
  }

  private static ApHost boot(Scenario scenario, KernelProfile profile, SteppedClock clock) {
    try {
      return ScenarioMachine.boot(scenario.hardware(), profile, clock);
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
      perform(results);
    } finally {
      letEverybodyGo();
      files.close();
    }
    return result;
  }

  /** Performs the operations; one that never ends is the last. */
  private void perform(ArrayNode results) {
    for (JsonNode operation : scenario.operations()) {
      ObjectNode result = perform(object(operation, results.size() + 1));
      results.add(result);
      if (result.has("hangs")) {
        return;
      }
    }
  }

  /** Ends the writers that still wait: their queues get well, and the guests close their mdevs. */
  private void letEverybodyGo() {
    host.change(
        hardware ->
            hardware.troubledQueues().keySet().forEach(q -> hardware.queue(q, QueueState.OK)));
    goOn(Duration.ofSeconds(1));
    open.values().forEach(OpenMdev::close);
  }

  /** Second by second, so that what is done meanwhile is done at its time. */
  private void letSecondsGoBy(JsonNode seconds) {
    if (!seconds.isInt() || seconds.asInt() < 0 || seconds.asInt() > LONGEST_WAIT) {
      throw new ScenarioException(
          scenario.name() + ": wait of " + seconds + " s; allowed: 0 to " + LONGEST_WAIT);
    }
    for (int i = 0; i < seconds.asInt(); i++) {
      goOn(Duration.ofSeconds(1));
    }
  }

  private void goOn(Duration time) {
    clock.advance(time);
    host.clockAdvanced();
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
    observations.clear();
    try {
      act(operation, result);
    } catch (KernelRefusal refusal) {
      result.put("err", refusal.errno().name());
    }
    HostState before = state;
    state = snapshot();
    writers.putFinished(result, state);
    observations.putInto(result);
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
    for (String key : new String[] {"op", "path", "in", "set", "mdev", "guest", "irq", "s"}) {
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
      case "scan" -> actOrHang("", result, host::scan);
      case "open" -> open(operation, result);
      case "close" -> withOpen(operation, open::remove, result, OpenMdev::close);
      case "reset" -> withOpen(operation, open::get, result, OpenMdev::reset);
      case "irq" -> register(operation, result);
      case "wait" -> {
        letSecondsGoBy(operation.path("s"));
        result.put("ret", 0);
      }
      default ->
          throw new ScenarioException(
              scenario.name()
                  + ": unknown operation '"
                  + name
                  + "'; known are write, read, hw, scan, open, close, reset, irq, wait");
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
    byte[] bytes = in.getBytes(StandardCharsets.ISO_8859_1);
    String mdev = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    String uuid = mdev.substring(mdev.lastIndexOf('/') + 1);
    noteHang(writers.act(uuid, result, () -> files.write(path, bytes)));
  }

  private void actOrHang(String uuid, ObjectNode result, Runnable action) {
    noteHang(
        writers.act(
            uuid,
            result,
            () -> {
              action.run();
              return 0;
            }));
  }

  /** What hangs goes on logging; a scenario tells what the first five seconds bring. */
  private void noteHang(boolean hangs) {
    if (hangs) {
      goOn(Duration.ofSeconds(5));
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

  private void withOpen(
      ObjectNode operation,
      Function<String, @Nullable OpenMdev> find,
      ObjectNode result,
      Consumer<OpenMdev> action) {
    String uuid = text(operation, "mdev");
    OpenMdev mdev = find.apply(uuid);
    if (mdev == null) {
      result.put("err", "ENOENT");
    } else {
      actOrHang(uuid, result, () -> action.accept(mdev));
    }
  }

  private void register(ObjectNode operation, ObjectNode result) {
    MdevSignal signal = signal(text(operation, "irq"));
    Runnable listener =
        operation.path("set").asBoolean() ? () -> observations.signalled(signal) : null;
    withOpen(operation, open::get, result, mdev -> mdev.onSignal(signal, listener));
  }

  private MdevSignal signal(String label) {
    return Arrays.stream(MdevSignal.values())
        .filter(signal -> signal.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new ScenarioException(
                    scenario.name() + ": unknown irq '" + label + "'; known are req, cfg"));
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
