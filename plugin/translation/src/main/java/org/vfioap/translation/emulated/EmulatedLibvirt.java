package org.vfioap.translation.emulated;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import org.vfioap.host.ApHost;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.DomainStatus;
import org.vfioap.translation.libvirt.EventQueue;
import org.vfioap.translation.libvirt.HostEvent;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.translation.libvirt.MonitorLanguage;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.nodedev.NodeDevice;

/**
 * libvirt over an emulated host: the same verdicts and events, without a daemon. Safe for use by
 * several threads; one does something at a time.
 */
public final class EmulatedLibvirt implements LibvirtHost {
  private final EventQueue events = new EventQueue();
  private final EmulatedDomains domains;
  private final EmulatedNodeDevices nodeDevices;

  private EmulatedLibvirt(ApHost host, QemuLauncher launcher) {
    HostFiles files = HostFiles.of(host);
    domains = new EmulatedDomains(files, launcher, events::add);
    nodeDevices = new EmulatedNodeDevices(files, events::add);
  }

  /**
   * Returns libvirt for a host, whose guests run in emulated QEMUs in this process.
   *
   * @throws IllegalStateException if the module that has them, qemu-monitor, is not on the class or
   *     module path
   */
  public static EmulatedLibvirt on(ApHost host) {
    QemuLaunchers launchers =
        ServiceLoader.load(QemuLaunchers.class, QemuLaunchers.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "EmulatedLibvirt.on(host) needs org.vfioap:vfioap-qemu-monitor on the class path;"
                            + " or give it a QemuLauncher"));
    return on(host, launchers.on(host));
  }

  /**
   * Returns libvirt for a host.
   *
   * @param launcher starts QEMUs on this host
   */
  public static EmulatedLibvirt on(ApHost host, QemuLauncher launcher) {
    return new EmulatedLibvirt(host, launcher);
  }

  @Override
  public synchronized void define(Domain domain) {
    domains.define(domain);
  }

  @Override
  public synchronized void undefine(String domain) {
    domains.undefine(domain);
  }

  @Override
  public synchronized void start(String domain) {
    domains.start(domain);
  }

  @Override
  public synchronized void stop(String domain) {
    domains.stop(domain);
  }

  @Override
  public synchronized List<DomainStatus> domains() {
    return domains.list();
  }

  @Override
  public synchronized Domain dump(String domain, DeviceScope scope) {
    boolean live = scope == DeviceScope.LIVE;
    return live ? domains.find(domain).live() : domains.find(domain).definition();
  }

  @Override
  public synchronized void attach(String domain, Hostdev hostdev, Set<DeviceScope> scopes) {
    domains.attach(domain, hostdev, scopes);
  }

  @Override
  public synchronized void detach(String domain, Hostdev hostdev, Set<DeviceScope> scopes) {
    domains.detach(domain, hostdev, scopes);
  }

  @Override
  public synchronized void detachAlias(String domain, String alias) {
    domains.find(domain).unplugAlias(alias);
  }

  @Override
  public synchronized String monitor(String domain, String command, MonitorLanguage language) {
    return language == MonitorLanguage.HMP
        ? domains.find(domain).human(command)
        : domains.find(domain).machine(command);
  }

  @Override
  public synchronized List<String> nodeDevices(String capability) {
    return nodeDevices.list(capability);
  }

  @Override
  public synchronized NodeDevice nodeDevice(String name) {
    return nodeDevices.find(name);
  }

  @Override
  public synchronized String createNodeDevice(NodeDevice device) {
    return nodeDevices.create(device);
  }

  @Override
  public synchronized String defineNodeDevice(NodeDevice device) {
    return nodeDevices.define(device);
  }

  @Override
  public synchronized void startNodeDevice(String name) {
    nodeDevices.start(name);
  }

  @Override
  public synchronized void destroyNodeDevice(String name) {
    nodeDevices.destroy(name);
  }

  @Override
  public synchronized void undefineNodeDevice(String name) {
    nodeDevices.undefine(name);
  }

  @Override
  public synchronized void setAutostart(String nodeDevice, boolean autostart) {
    nodeDevices.setAutostart(nodeDevice, autostart);
  }

  @Override
  public synchronized boolean isAutostarted(String nodeDevice) {
    return nodeDevices.isAutostarted(nodeDevice);
  }

  @Override
  public Optional<HostEvent> awaitEvent(Predicate<HostEvent> wanted, Duration atMost) {
    return events.await(wanted, atMost);
  }

  /** Ends all guests: nobody else could. */
  @Override
  public synchronized void close() {
    domains.end();
  }
}
