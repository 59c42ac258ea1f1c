package org.vfioap.junit;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.files.FileOrders;
import org.vfioap.files.MachineFiles;
import org.vfioap.host.ApHost;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;
import org.vfioap.machine.Machine;

/** A machine of a test; closing it ends everything that was made of it, newest first. */
final class HostFixture implements Fixture, AutoCloseable {
  private final Machine machine;
  private final Where where;
  private final Surroundings here;
  private final ManualClock clock = new ManualClock();
  private final ApHost host;
  private final FileJournal journal = new FileJournal();
  private final FileOrders files;
  private final Map<String, EmulatedGuest> guests = new LinkedHashMap<>();
  private final Deque<AutoCloseable> made = new ArrayDeque<>();
  private final long logStart;
  private final long firstEvent;
  private @Nullable Path sys;
  private @Nullable Mounting mounting;
  private @Nullable Libvirt libvirt;

  /** Boots a machine in the process. */
  HostFixture(Machine machine) {
    this(machine, Where.IN_PROCESS, Surroundings.UNSAID);
  }

  HostFixture(Machine machine, Where where, Surroundings here) {
    this.machine = machine;
    this.where = where;
    this.here = here;
    host = machine.boot(clock);
    clock.afterwards(this::timePassed);
    files =
        FileOrders.of(
            host,
            (path, text, refused) -> journal.add(host.clock().instant(), path, text, refused));
    logStart = host.log().position();
    firstEvent = host.uevents().recent().stream().mapToLong(Uevent::seqnum).max().orElse(0);
  }

  private void timePassed() {
    host.clockAdvanced();
    if (machine.scanPolicy() == ScanPolicy.TIMED) {
      host.scanIfDue();
    }
    guests().forEach(EmulatedGuest::settleNow);
  }

  @Override
  public ApHost host() {
    return host;
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public KernelProfile kernel() {
    return host.profile();
  }

  @Override
  public synchronized Path sys() {
    Path known = sys;
    if (known == null) {
      known = where.place() == VfioAp.Place.MOUNTED ? mounted() : MachineFiles.sys(host);
      sys = known;
    }
    return known;
  }

  /** Returns /sys as other programs see it; needs the module sysfs-mount. */
  synchronized Path mounted() {
    Mounting known = mounting;
    if (known == null) {
      known = keep(Mounting.of(this, here));
      mounting = known;
    }
    return known.sys();
  }

  @Override
  public String read(String path) {
    return host.sysfs().read(path);
  }

  @Override
  public void write(String path, String text) {
    host.sysfs().write(path, text);
  }

  @Override
  public synchronized FixtureGuest guest(String name) {
    FixtureGuest known = guests.get(name);
    if (known == null && libvirt != null) {
      Optional<EmulatedGuest> found = libvirt.find(name);
      found.ifPresent(guest -> keep(guest::leave));
      known = found.map(this::adopt).orElse(null);
    }
    return known == null ? startGuest(name, "host", List.of()) : known;
  }

  private EmulatedGuest adopt(EmulatedGuest guest) {
    guests.put(guest.name(), guest);
    return guest;
  }

  @Override
  public synchronized FixtureGuest startGuest(
      String name, String cpu, List<String> mdevs, String... arguments) {
    EmulatedGuest before = guests.get(name);
    if (before != null && before.isAlive()) {
      throw new IllegalArgumentException(
          "guest " + name + " runs already; stop it first, or choose another name");
    }
    EmulatedGuest started = EmulatedGuest.start(this, name, cpu, mdevs, List.of(arguments));
    keep(started);
    return adopt(started);
  }

  synchronized List<EmulatedGuest> guests() {
    return List.copyOf(guests.values());
  }

  synchronized boolean hasGuest(String name) {
    return guests.containsKey(name);
  }

  /** Closes this with the fixture. */
  synchronized <T extends AutoCloseable> T keep(T closeable) {
    made.push(closeable);
    return closeable;
  }

  /** Returns libvirt in this process; needs the module translation. */
  synchronized Libvirt libvirt() {
    Libvirt known = libvirt;
    if (known == null) {
      known = keep(Libvirt.on(this));
      libvirt = known;
    }
    return known;
  }

  @Override
  public MachineFaults faults() {
    return new OrderedMachineFaults(host, files);
  }

  /** Returns the faults that were ordered and did not happen, each in words. */
  List<String> unusedFaults() {
    List<String> unused = new ArrayList<>(files.unused());
    guests().forEach(guest -> unused.addAll(guest.unusedFaults()));
    return unused;
  }

  @Override
  public Awaits await() {
    return Patience.of(this);
  }

  @Override
  public WriteJournal writes() {
    return journal;
  }

  @Override
  public List<LogLine> log() {
    return host.log().linesSince(logStart);
  }

  @Override
  public List<Uevent> uevents() {
    return host.uevents().recent().stream().filter(e -> e.seqnum() > firstEvent).toList();
  }

  @Override
  public ManualClock clock() {
    return clock.stop();
  }

  boolean isClockManual() {
    return clock.isManual();
  }

  ManualClock anyClock() {
    return clock;
  }

  @Override
  public String state() {
    StringBuilder text = new StringBuilder(HostState.describe(host));
    guests().forEach(guest -> text.append("guest ").append(guest.describe()).append('\n'));
    return text.toString();
  }

  @Override
  public String explain(String apqn) {
    return Reasons.verdict(host, apqn);
  }

  @Override
  public synchronized Fixture with(KernelProfile kernel) {
    return keep(new HostFixture(machine.withProfile(kernel), where, here));
  }

  @Override
  public synchronized void close() {
    RuntimeException first = null;
    while (!made.isEmpty()) {
      try {
        made.pop().close();
      } catch (Exception failed) {
        RuntimeException wrapped = new IllegalStateException("cannot end " + failed, failed);
        if (first == null) {
          first = wrapped;
        } else {
          first.addSuppressed(wrapped);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
