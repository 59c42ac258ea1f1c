package org.vfioap.cli.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApHardware;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;
import org.vfioap.machine.Machine;
import org.vfioap.mount.MachineMount;

/** A machine in this process: its host, and the guests that were started on it. */
final class ServedMachine implements AutoCloseable {
  private final ApHardware hardware;
  private final ApHost host;
  private final ServedFiles files;
  private final ScanPolicy scanPolicy;
  private final List<String> mdevsOfBoot;
  private final List<String> unusedOfEnded = new ArrayList<>();
  private final long logOfBoot;
  private final long lastEventOfBoot;
  private final Map<String, ServedGuest> guests = new LinkedHashMap<>();
  private @Nullable Path directory;
  private @Nullable MachineMount mount;

  ServedMachine(Machine machine, boolean mounted) {
    hardware = machine.hardware();
    host = machine.boot(hardware, InstantSource.system());
    files = new ServedFiles(host);
    scanPolicy = machine.scanPolicy();
    mdevsOfBoot = mdevs();
    logOfBoot = host.log().position();
    lastEventOfBoot = host.uevents().recent().stream().mapToLong(Uevent::seqnum).max().orElse(0);
    if (mounted) {
      directory = newDirectory();
      mount = MachineMount.mount(host, directory);
    }
  }

  private static Path newDirectory() {
    try {
      Path directory = Files.createTempDirectory("vfioap");
      // After the mount is taken from it, which happens at the end of this process, too.
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> mdevs() {
    return host.mdevs().stream().map(MdevState::uuid).toList();
  }

  ApHost host() {
    return host;
  }

  ApHardware hardware() {
    return hardware;
  }

  ServedFiles files() {
    return files;
  }

  /** Tells whether the AP bus looks at its hardware when time has gone by. */
  boolean isTimed() {
    return scanPolicy == ScanPolicy.TIMED;
  }

  /** Returns the lines of the log since boot. */
  List<LogLine> log() {
    return host.log().linesSince(logOfBoot);
  }

  /** Returns the events since boot that are kept. */
  List<Uevent> events() {
    return host.uevents().recent().stream().filter(e -> e.seqnum() > lastEventOfBoot).toList();
  }

  Optional<MachineMount> mount() {
    return Optional.ofNullable(mount);
  }

  /** Does something with the host and returns when programs that use its mounted files see it. */
  void change(Consumer<ApHost> action) {
    if (mount == null) {
      action.accept(host);
      keepUp();
    } else {
      mount.change(() -> action.accept(host));
      guests().forEach(guest -> guest.inside().keepUp());
    }
  }

  /** The AP buses of the host and its guests look at their hardware as their policies say. */
  void keepUp() {
    host.keepUp();
    guests().forEach(guest -> guest.inside().keepUp());
  }

  synchronized List<ServedGuest> guests() {
    return List.copyOf(guests.values());
  }

  synchronized ServedGuest guest(String name) {
    ServedGuest guest = guests.get(name);
    if (guest == null) {
      throw new IllegalArgumentException(
          "there is no guest '"
              + name
              + "'; running: "
              + (guests.isEmpty() ? "none" : String.join(", ", guests.keySet())));
    }
    return guest;
  }

  synchronized void add(ServedGuest guest) {
    guests.put(guest.name(), guest);
  }

  synchronized void requireFree(String name) {
    if (guests.containsKey(name)) {
      throw new IllegalArgumentException("a guest called '" + name + "' is running");
    }
  }

  void end(String name) {
    ServedGuest guest = guest(name);
    synchronized (this) {
      guests.remove(name);
      unusedOfEnded.addAll(guest.unusedFaults());
    }
    guest.close();
  }

  /** Returns the mdevs that were not there after boot. */
  List<String> leftMdevs() {
    List<String> left = new ArrayList<>(mdevs());
    left.removeAll(mdevsOfBoot);
    return left;
  }

  /** Returns the faults that were ordered and did not happen, each in words. */
  synchronized List<String> unusedFaults() {
    List<String> unused = new ArrayList<>(files.orders().unused());
    unused.addAll(unusedOfEnded);
    guests.values().forEach(guest -> unused.addAll(guest.unusedFaults()));
    return unused;
  }

  @Override
  public void close() {
    files.release();
    guests().forEach(ServedGuest::close);
    try {
      if (mount != null) {
        mount.close();
      }
      if (directory != null) {
        Files.deleteIfExists(directory);
      }
    } catch (IOException inUse) {
      System.err.println("vfioap: cannot remove " + directory + ": " + inUse.getMessage());
    }
  }
}
