package org.vfioap.qemu.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.GlibHashTable;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.monitor.ConnectedMonitor;
import org.vfioap.qemu.monitor.EventLoop;
import org.vfioap.qemu.monitor.HumanProtocol;
import org.vfioap.qemu.monitor.Listening;
import org.vfioap.qemu.monitor.MonitorPoint;
import org.vfioap.qemu.monitor.MonitorServer;
import org.vfioap.qemu.monitor.PipeMonitor;
import org.vfioap.qemu.monitor.Protocol;
import org.vfioap.qemu.monitor.QmpProtocol;
import org.vfioap.qemu.monitor.TelnetProtocol;
import org.vfioap.qemu.monitor.TerminalMonitor;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qmp.MonitorList;
import org.vfioap.qemu.qmp.QmpCommands;
import org.vfioap.qemu.qmp.RingBuffer;
import org.vfioap.qemu.script.Journal;
import org.vfioap.qemu.script.Rehearsal;
import org.vfioap.qemu.script.Script;

/** The monitors of the process and the character devices they sit on. */
final class Monitors implements MonitorList, AutoCloseable {
  private final EventLoop loop;
  private final Map<String, Chardev> chardevs;
  private final Map<String, MonitorPoint> points = new LinkedHashMap<>();
  private final List<MonitorServer> observers = new ArrayList<>();
  private @Nullable ChardevChanges changes;
  private @Nullable QmpCommands qmp;
  private @Nullable Rehearsal rehearsal;
  private int exitStatus;

  Monitors(EventLoop loop, Map<String, Chardev> chardevs) {
    this.loop = loop;
    this.chardevs = chardevs;
  }

  void serve(List<Wish> wishes, Guest guest) throws IOException {
    changes = new ChardevChanges(chardevs, guest);
    QmpCommands commands = QmpCommands.of(guest, this);
    qmp = commands;
    for (Wish wish : wishes) {
      Protocol protocol =
          wish.human
              ? HumanProtocol.of(guest, this, commands)
              : QmpProtocol.of(commands, wish.pretty);
      Chardev chardev = wish.chardev;
      if (chardev.options().isOn("telnet", false)) {
        protocol = new TelnetProtocol(protocol);
      }
      if (chardev.listening().isPresent()) {
        serve(chardev, chardev.listening().get(), protocol);
      } else if (chardev.connected().isPresent()) {
        ConnectedSocket peer = chardev.connected().get();
        points.put(
            chardev.label(),
            ConnectedMonitor.serve(loop, peer.channel(), peer.filename(), protocol));
      } else if (chardev.terminal().isPresent()) {
        points.put(
            chardev.label(), TerminalMonitor.serve(loop, chardev.terminal().get(), protocol));
      } else if (chardev.backend().equals("pipe")) {
        String path = chardev.options().get("path").orElse("");
        points.put(chardev.label(), PipeMonitor.serve(loop, path, protocol));
      } else if (chardev.backend().equals("stdio")) {
        points.put(chardev.label(), StandardStreams.serve(loop, protocol));
      }
    }
  }

  private void serve(Chardev chardev, Listening listening, Protocol protocol) throws IOException {
    MonitorServer server = MonitorServer.serve(loop, listening, protocol);
    points.put(chardev.label(), server);
    if (chardev.first().isPresent()) {
      server.adopt(chardev.first().get());
    }
  }

  void event(String name, JsonObject data) {
    Instant now = Instant.now();
    JsonObject stamp =
        JsonObject.empty()
            .with("seconds", now.getEpochSecond())
            .with("microseconds", now.getNano() / 1000);
    JsonObject event = JsonObject.of("timestamp", stamp).with("event", name);
    if (data.size() > 0) {
      event.with("data", data);
    }
    observers.forEach(each -> each.event(event));
    Rehearsal rehearsed = rehearsal;
    if (rehearsed != null) {
      rehearsed.event(name, () -> send(event));
    } else {
      send(event);
    }
  }

  private void send(JsonObject event) {
    for (MonitorPoint point : points.values()) {
      point.event(event);
    }
  }

  /** Says with which status the process ends. */
  void setExitStatus(int status) {
    exitStatus = status;
  }

  int exitStatus() {
    return exitStatus;
  }

  /** Puts a script and a journal before all monitors. */
  Rehearsal rehearse(Script script, Journal journal) {
    Rehearsal started = Rehearsal.of(script, journal, loop);
    points.forEach((label, point) -> point.interpose(protocol -> started.around(protocol, label)));
    rehearsal = started;
    return started;
  }

  Optional<Rehearsal> rehearsal() {
    return Optional.ofNullable(rehearsal);
  }

  /** Serves a monitor that no script disturbs, no journal notes and no query shows. */
  void observe(ServerSocketChannel channel) throws IOException {
    QmpProtocol protocol = QmpProtocol.of(Objects.requireNonNull(qmp), false);
    observers.add(MonitorServer.serve(loop, new Listening(channel, "observer", false), protocol));
  }

  /** Lists as QEMU walks its table of objects, the last first. */
  @Override
  public JsonArray chardevs() {
    GlibHashTable order = new GlibHashTable();
    chardevs.keySet().forEach(order::insert);
    List<String> labels = new ArrayList<>(order.keys());
    Collections.reverse(labels);
    List<JsonValue> answer = new ArrayList<>();
    for (String label : labels) {
      answer.add(describe(Optional.ofNullable(chardevs.get(label)).orElseThrow()));
    }
    return new JsonArray(answer);
  }

  @Override
  public List<String> yankable() {
    return chardevs.values().stream()
        .filter(each -> each.backend().equals("socket"))
        .map(Chardev::label)
        .toList();
  }

  @Override
  public void yank(String id) {
    MonitorPoint point = points.get(id);
    if (point != null) {
      point.hangUp();
    }
  }

  @Override
  public void addChardev(String id, String backend, JsonObject data) throws QemuError {
    Objects.requireNonNull(changes).add(id, backend, data);
  }

  @Override
  public void changeChardev(String id, String backend, JsonObject data) throws QemuError {
    if (points.containsKey(id)) {
      throw QemuError.generic("Chardev user does not support chardev hotswap");
    }
    Objects.requireNonNull(changes).change(id, backend, data);
  }

  @Override
  public void addChardev(OptionString options) throws QemuError {
    Objects.requireNonNull(changes).add(options);
  }

  @Override
  public void changeChardev(String id, OptionString options) throws QemuError {
    Objects.requireNonNull(changes).checkBackend(options);
    if (points.containsKey(id)) {
      throw QemuError.generic("Chardev user does not support chardev hotswap");
    }
    Objects.requireNonNull(changes).change(id, options);
  }

  @Override
  public RingBuffer ring(String id) throws QemuError {
    return Objects.requireNonNull(changes).ring(id);
  }

  @Override
  public void removeChardev(String id) throws QemuError {
    if (points.containsKey(id)) {
      throw QemuError.generic("Chardev '" + id + "' is busy");
    }
    Objects.requireNonNull(changes).remove(id);
  }

  private JsonObject describe(Chardev chardev) {
    MonitorPoint point = points.get(chardev.label());
    String idle =
        chardev
            .listening()
            .map(socket -> "disconnected:" + socket.filename())
            .orElse(chardev.filename());
    return JsonObject.empty()
        .with("frontend-open", point != null)
        .with("filename", point == null ? idle : point.filename())
        .with("label", chardev.label());
  }

  @Override
  public void close() {
    List<MonitorPoint> all = new ArrayList<>(points.values());
    all.addAll(observers);
    for (MonitorPoint point : all) {
      try {
        point.close();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
    chardevs.values().forEach(Monitors::unlink);
  }

  private static void unlink(Chardev chardev) {
    try {
      chardev.unlink();
    } catch (IOException kept) {
      throw new UncheckedIOException(kept);
    }
  }

  /** Returns the objects that stand for monitors since QEMU 11.1, by their names. */
  static Map<String, String> objects(List<Wish> wishes) {
    Map<String, String> objects = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      objects.put(wish.name(), wish.toObject());
    }
    return objects;
  }

  /** A monitor that the command line wants. */
  record Wish(String name, Chardev chardev, boolean human, boolean pretty) {
    /** Returns the object that stands for the monitor since QEMU 11.1. */
    String toObject() {
      String type = human ? "monitor-hmp" : "monitor-qmp";
      return type
          + "\ntype\tstring\t\""
          + type
          + "\"\nchardev\tstring\t\""
          + chardev.label()
          + "\"\n"
          + (human
              ? "readline\tbool\ttrue\n"
              : "pretty\tbool\t" + pretty + "\nclose-action\tMonitorQMPCloseAction\t\"none\"\n");
    }
  }
}
