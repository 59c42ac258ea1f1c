package org.vfioap.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.Apqn;
import org.vfioap.files.MachineFiles;
import org.vfioap.host.ApHost;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.qemu.QemuMonitor;
import org.vfioap.qemu.client.NoAnswerException;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.client.QmpEvent;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.EmulatedHost;

/** A guest in an emulated QEMU of this process. */
final class EmulatedGuest implements FixtureGuest {
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";

  private final HostFixture fixture;
  private final String name;
  private final EmulatedHost emulated;
  private final QemuMonitor monitor;
  private final Map<String, String> devices = new LinkedHashMap<>();
  private @Nullable QmpClient client;
  private @Nullable ApHost linux;
  private @Nullable Path sys;

  EmulatedGuest(HostFixture fixture, String name, EmulatedHost emulated, QemuMonitor monitor) {
    this.fixture = fixture;
    this.name = name;
    this.emulated = emulated;
    this.monitor = monitor;
    monitor.delays(this::delay);
    // Events that come before the test looks are kept.
    qmp();
  }

  private void delay(Duration delay, Runnable action) {
    if (fixture.isClockManual()) {
      fixture.anyClock().after(delay, action);
    } else {
      RealDelays.after(delay, action);
    }
  }

  static EmulatedGuest start(
      HostFixture fixture, String name, String cpu, List<String> mdevs, List<String> more) {
    List<String> line = new ArrayList<>(List.of("-name", name, "-accel", "kvm", "-cpu", cpu));
    Map<String, String> devices = new LinkedHashMap<>();
    for (String mdev : mdevs) {
      String id = "hostdev" + devices.size();
      devices.put(mdev, id);
      line.addAll(List.of("-device", "vfio-ap,id=" + id + ",sysfsdev=" + MATRIX + mdev));
    }
    line.addAll(more);
    EmulatedHost emulated = EmulatedHost.of(fixture.host(), name);
    try {
      QemuMonitor monitor = QemuMonitor.start(emulated, line.toArray(String[]::new));
      EmulatedGuest guest = new EmulatedGuest(fixture, name, emulated, monitor);
      guest.devices.putAll(devices);
      return guest;
    } catch (EndedEarly refused) {
      throw new IllegalArgumentException(
          "guest " + name + " does not start: " + refused.err().strip(), refused);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  boolean isAlive() {
    return monitor.isAlive();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Path qmpSocket() {
    return monitor.socket();
  }

  @Override
  public synchronized QmpClient qmp() {
    try {
      QmpClient known = client;
      if (known == null) {
        known = monitor.observe();
        client = known;
      }
      return known;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private JsonValue execute(String command, JsonObject arguments) {
    try {
      return qmp().execute(command, arguments);
    } catch (QemuError refused) {
      throw new IllegalStateException(
          "guest " + name + ": " + command + " was refused: " + refused.text(), refused);
    } catch (IOException broken) {
      throw new UncheckedIOException("guest " + name + ": " + command, broken);
    }
  }

  @Override
  public synchronized String hmp(String line) {
    JsonObject arguments = JsonObject.of("command-line", line);
    JsonValue printed = execute("human-monitor-command", arguments);
    return printed instanceof JsonString text ? text.text() : printed.toJson();
  }

  @Override
  public synchronized String plug(String mdev) {
    int number = 0;
    while (devices.containsValue("hostdev" + number)) {
      number++;
    }
    String id = "hostdev" + number;
    execute(
        "device_add",
        JsonObject.of("driver", "vfio-ap").with("id", id).with("sysfsdev", MATRIX + mdev));
    devices.put(mdev, id);
    return id;
  }

  @Override
  public synchronized String device(String mdev) {
    String id = devices.get(mdev);
    if (id == null) {
      throw new IllegalArgumentException(
          "guest " + name + " was given no mdev " + mdev + "; it was given " + devices.keySet());
    }
    return id;
  }

  @Override
  public synchronized void unplug(String mdev) {
    qmp().takeEvents();
    execute("device_del", JsonObject.of("id", device(mdev)));
    try {
      QmpEvent event = qmp().nextEvent();
      while (!event.name().startsWith("DEVICE_")) {
        event = qmp().nextEvent();
      }
      if (!event.name().equals("DEVICE_DELETED")) {
        throw new IllegalStateException("guest " + name + " keeps " + mdev + ": " + event.name());
      }
      devices.remove(mdev);
    } catch (NoAnswerException silent) {
      throw new IllegalStateException("guest " + name + " keeps " + mdev + ": no event", silent);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Waits for an event on the test's own monitor. */
  synchronized QmpEvent awaitEvent(String event, Duration atMost) {
    try {
      return qmp().patience(atMost).awaitEvent(event);
    } catch (NoAnswerException silent) {
      throw new AssertionError(
          name + " did not send " + event + ": " + silent.getMessage() + "\n\n" + fixture.state(),
          silent);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public Set<Apqn> queues() {
    return HostState.queues(emulated.guest().apcb().effective());
  }

  @Override
  public Set<CpuFeature> features() {
    return emulated.guest().features();
  }

  @Override
  public synchronized ApHost linux() {
    ApHost known = linux;
    if (known == null) {
      known = fixture.host().inside(emulated.guest());
      linux = known;
    }
    known.keepUp();
    return known;
  }

  @Override
  public synchronized Path sys() {
    Path known = sys;
    ApHost booted = linux();
    if (known == null) {
      known = MachineFiles.sys(booted);
      sys = known;
    }
    return known;
  }

  @Override
  public GuestFaults faults() {
    return new OrderedGuestFaults(monitor.script());
  }

  List<String> unusedFaults() {
    List<String> unused = monitor.script().unused();
    String came = "; commands that came: " + monitor.journal().commands();
    return unused.stream().map(each -> name + ": " + each + came).toList();
  }

  @Override
  public QmpJournal journal() {
    return new GuestJournal(monitor.journal(), this::settleNow);
  }

  @Override
  public String explain(Apqn apqn) {
    return fixture.explain(apqn.toString());
  }

  @Override
  public Awaits await() {
    return Patience.of(fixture, this);
  }

  @Override
  public void settle() {
    try {
      monitor.settle();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for what is not delayed. */
  void settleNow() {
    try {
      monitor.finishInput();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void reset() {
    execute("system_reset", JsonObject.empty());
  }

  String describe() {
    return name
        + (isAlive() ? " has " : " ended with ")
        + (queues().isEmpty() ? "no queues" : queues())
        + ", features "
        + features();
  }

  /** Returns what clients sent, a line each. */
  String sent() {
    return monitor.journal().entries().stream()
        .map(entry -> entry.time() + " " + entry.monitor() + " " + entry.text() + "\n")
        .collect(Collectors.joining());
  }

  /** Closes the test's own monitor. */
  synchronized void leave() {
    QmpClient open = client;
    client = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public synchronized void stop() {
    try (monitor) {
      leave();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
