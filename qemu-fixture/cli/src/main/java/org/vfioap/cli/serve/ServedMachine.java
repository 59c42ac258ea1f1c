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
import org.vfioap.machine.Machine;
import org.vfioap.mount.MachineMount;

/** A machine in this process: its host, and the guests that were started on it. */
final class ServedMachine implements AutoCloseable {
  private final ApHardware hardware;
  private final ApHost host;
  private final List<String> mdevsOfBoot;
  private final Map<String, ServedGuest> guests = new LinkedHashMap<>();
  private @Nullable Path directory;
  private @Nullable MachineMount mount;

  ServedMachine(Machine machine, boolean mounted) {
    hardware = machine.hardware();
    host = machine.boot(hardware, InstantSource.system());
    mdevsOfBoot = mdevs();
    if (mounted) {
      directory = newDirectory();
      mount = MachineMount.mount(host, directory);
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("vfioap");
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
          "there is no guest '" + name + "'; running: " + String.join(", ", guests.keySet()));
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
    }
    guest.close();
  }

  /** Returns the mdevs that were not there after boot. */
  List<String> leftMdevs() {
    List<String> left = new ArrayList<>(mdevs());
    left.removeAll(mdevsOfBoot);
    return left;
  }

  @Override
  public void close() {
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
