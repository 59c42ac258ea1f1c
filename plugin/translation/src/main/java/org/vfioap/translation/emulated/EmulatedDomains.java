package org.vfioap.translation.emulated;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.vfioap.translation.device.MdevCheck;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.DomainStatus;
import org.vfioap.translation.libvirt.HostEvent;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** The domains of an emulated host, by name. */
final class EmulatedDomains {
  private final Map<String, ManagedDomain> domains = new TreeMap<>();
  private final MdevCheck check;
  private final QemuLauncher launcher;
  private final Consumer<HostEvent> events;

  EmulatedDomains(HostFiles files, QemuLauncher launcher, Consumer<HostEvent> events) {
    this.launcher = launcher;
    this.events = events;
    check = MdevCheck.on(files, this::userOf);
  }

  private Optional<String> userOf(UUID uuid) {
    return domains.entrySet().stream()
        .filter(each -> each.getValue().uses(uuid))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  void define(Domain domain) {
    Domain named = domain.uuid().isPresent() ? domain : domain.withUuid(UUID.randomUUID());
    ManagedDomain old = domains.get(domain.name());
    if (old == null) {
      domains.put(named.name(), new ManagedDomain(named, events));
    } else {
      refuseOther(old.live(), domain);
      old.define(
          domain.uuid().isPresent() ? domain : domain.withUuid(old.live().uuid().orElseThrow()));
    }
    events.accept(new HostEvent.Lifecycle(named.name(), "Defined"));
  }

  private static void refuseOther(Domain old, Domain domain) {
    boolean same = domain.uuid().isEmpty() || domain.uuid().equals(old.uuid());
    if (!same) {
      throw LibvirtRefusal.of(
          LibvirtError.OPERATION_FAILED,
          "domain '" + old.name() + "' already exists with uuid " + old.uuid().orElseThrow());
    }
  }

  ManagedDomain find(String name) {
    return Optional.ofNullable(domains.get(name))
        .orElseThrow(
            () ->
                LibvirtRefusal.of(
                    LibvirtError.NO_DOMAIN, "no domain with matching name '" + name + "'"));
  }

  void undefine(String name) {
    find(name).undefine();
    forget(name);
    events.accept(new HostEvent.Lifecycle(name, "Undefined"));
  }

  void start(String name) {
    find(name).start(launcher, check::check);
  }

  void stop(String name) {
    find(name).stop();
    forget(name);
  }

  /** A domain that neither runs nor is defined is no domain. */
  private void forget(String name) {
    domains.computeIfPresent(
        name, (key, domain) -> domain.isDefined() || domain.isRunning() ? domain : null);
  }

  List<DomainStatus> list() {
    return domains.entrySet().stream()
        .map(each -> new DomainStatus(each.getKey(), each.getValue().isRunning()))
        .toList();
  }

  void attach(String name, Hostdev hostdev, Set<DeviceScope> scopes) {
    ManagedDomain domain = find(name);
    change(
        domain,
        scopes,
        () -> domain.addToDefinition(hostdev),
        () -> {
          check.check(hostdev);
          domain.plug(hostdev);
        });
  }

  void detach(String name, Hostdev hostdev, Set<DeviceScope> scopes) {
    ManagedDomain domain = find(name);
    change(
        domain, scopes, () -> domain.removeFromDefinition(hostdev), () -> domain.unplug(hostdev));
  }

  /** The definition changes only if the running domain can, too. */
  private static void change(
      ManagedDomain domain, Set<DeviceScope> scopes, Runnable config, Runnable live) {
    Set<DeviceScope> where = where(domain, scopes);
    Optional<Domain> before =
        where.contains(DeviceScope.CONFIG) ? Optional.of(domain.definition()) : Optional.empty();
    if (before.isPresent()) {
      config.run();
    }
    if (where.contains(DeviceScope.LIVE)) {
      try {
        live.run();
      } catch (LibvirtRefusal refusal) {
        before.ifPresent(domain::define);
        throw refusal;
      }
    }
  }

  private static Set<DeviceScope> where(ManagedDomain domain, Set<DeviceScope> scopes) {
    Set<DeviceScope> current = Set.of(domain.isRunning() ? DeviceScope.LIVE : DeviceScope.CONFIG);
    Set<DeviceScope> where = scopes.isEmpty() ? current : scopes;
    if (where.contains(DeviceScope.LIVE)) {
      domain.requireRunning();
    }
    return where;
  }

  void end() {
    domains.values().stream().filter(ManagedDomain::isRunning).forEach(ManagedDomain::stop);
  }
}
