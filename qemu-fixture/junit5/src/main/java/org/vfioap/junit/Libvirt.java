package org.vfioap.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.vfioap.launcher.MonitorLaunchers;
import org.vfioap.translation.emulated.EmulatedLibvirt;

/** libvirt in this process; loaded only where somebody asks for it. */
final class Libvirt implements AutoCloseable {
  private final HostFixture fixture;
  private final MonitorLaunchers.Running launcher;
  private final EmulatedLibvirt libvirt;

  private Libvirt(HostFixture fixture) {
    this.fixture = fixture;
    launcher = MonitorLaunchers.Running.on(fixture.host());
    libvirt = EmulatedLibvirt.on(fixture.host(), launcher);
  }

  static Libvirt on(HostFixture fixture) {
    try {
      return new Libvirt(fixture);
    } catch (NoClassDefFoundError missing) {
      throw new ParameterResolutionException(
          "LibvirtHost needs org.vfioap:vfioap-translation on the class path", missing);
    }
  }

  Object host() {
    return libvirt;
  }

  /** Returns the guest of a domain that runs. */
  Optional<EmulatedGuest> find(String domain) {
    return launcher
        .find(domain)
        .map(qemu -> new EmulatedGuest(fixture, domain, qemu.host(), qemu.monitor()));
  }

  @Override
  public void close() {
    libvirt.close();
  }
}
