package org.vfioap.launcher;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.vfioap.host.ApHost;
import org.vfioap.qemu.QemuMonitor;
import org.vfioap.qemu.vfio.EmulatedHost;
import org.vfioap.translation.emulated.QemuEnded;
import org.vfioap.translation.emulated.QemuLauncher;
import org.vfioap.translation.emulated.QemuLaunchers;

/** Starts emulated QEMUs in this process. */
public final class MonitorLaunchers implements QemuLaunchers {
  /** Creates it; {@link java.util.ServiceLoader} does. */
  public MonitorLaunchers() {}

  @Override
  public QemuLauncher on(ApHost host) {
    return Running.on(host);
  }

  /** Starts QEMUs and knows those that run, by the name of their guest. */
  public static final class Running implements QemuLauncher {
    private final ApHost host;
    private final Map<String, Started> running = new ConcurrentHashMap<>();

    private Running(ApHost host) {
      this.host = host;
    }

    /** Returns a launcher on a host. */
    public static Running on(ApHost host) {
      return new Running(host);
    }

    @Override
    public Qemu start(String guest, List<String> arguments) throws QemuEnded {
      EmulatedHost emulated = EmulatedHost.of(host, guest);
      ConnectedQemu connected = ConnectedQemu.start(emulated, arguments);
      running.put(guest, new Started(emulated, connected.monitor()));
      return connected;
    }

    /** Returns the QEMU of a guest that was started last, if there was one. */
    public Optional<Started> find(String guest) {
      return Optional.ofNullable(running.get(guest));
    }
  }

  /**
   * A QEMU that was started.
   *
   * @param host the host as it sees it, and its guest
   * @param monitor what it is
   */
  public record Started(EmulatedHost host, QemuMonitor monitor) {}
}
