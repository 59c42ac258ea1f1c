package org.vfioap.translation.emulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.translation.device.Aliases;
import org.vfioap.translation.device.DeviceArguments;
import org.vfioap.translation.libvirt.HostEvent;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * A domain: its definition, and while it runs what it has now. Source: src/qemu/qemu_driver.c and
 * src/qemu/qemu_hotplug.c of libvirt 9.0, and what {@code virsh} answered.
 */
final class ManagedDomain {
  private final Consumer<HostEvent> events;
  private @Nullable Domain definition;
  private @Nullable Running running;

  /** A domain that runs. */
  private record Running(Domain domain, RunningQemu qemu) {}

  ManagedDomain(Domain definition, Consumer<HostEvent> events) {
    this.definition = definition;
    this.events = events;
  }

  boolean isRunning() {
    return running != null;
  }

  boolean isDefined() {
    return definition != null;
  }

  void define(Domain changed) {
    definition = changed;
  }

  void undefine() {
    definition = null;
  }

  private static LibvirtRefusal invalid(String text) {
    return LibvirtRefusal.of(LibvirtError.OPERATION_INVALID, text);
  }

  private Running running() {
    if (running == null) {
      throw invalid("domain is not running");
    }
    return running;
  }

  Domain definition() {
    if (definition == null) {
      throw invalid("transient domains do not have any persistent config");
    }
    return definition;
  }

  /** Returns what it has now, or else its definition. */
  Domain live() {
    return running == null ? definition() : running.domain();
  }

  /** Returns whether the domain uses an mdev at this moment. */
  boolean uses(UUID uuid) {
    return running != null
        && running.domain().hostdevs().stream().anyMatch(each -> each.uuid().equals(uuid));
  }

  void start(QemuLauncher launcher, Consumer<Hostdev> check) {
    if (running != null) {
      throw invalid("domain is already running");
    }
    Domain domain = withAliases(definition());
    domain.hostdevs().forEach(check);
    try {
      RunningQemu qemu = new RunningQemu(launcher.start(domain.name(), QemuCommandLine.of(domain)));
      running = new Running(domain, qemu);
      qemu.resume();
      tell("Started");
    } catch (QemuEnded ended) {
      throw LibvirtRefusal.of(
          LibvirtError.INTERNAL_ERROR,
          "qemu unexpectedly closed the monitor: " + ended.getMessage());
    }
  }

  private void tell(String what) {
    events.accept(new HostEvent.Lifecycle(live().name(), what));
  }

  private static Domain withAliases(Domain domain) {
    Domain aliased = domain;
    for (Hostdev each : domain.hostdevs()) {
      if (each.alias().isEmpty()) {
        aliased = aliased.withoutHostdev(each.uuid());
        aliased = aliased.withHostdev(each.withAlias(Aliases.next(aliases(aliased))));
      }
    }
    return aliased;
  }

  private static List<String> aliases(Domain domain) {
    List<String> aliases = new ArrayList<>();
    domain.hostdevs().forEach(each -> each.alias().ifPresent(aliases::add));
    return aliases;
  }

  void stop() {
    running().qemu().end();
    tell("Stopped");
    running = null;
  }

  void requireRunning() {
    running();
  }

  void addToDefinition(Hostdev hostdev) {
    if (definition().hostdevs().stream().anyMatch(each -> each.uuid().equals(hostdev.uuid()))) {
      throw invalid("device is already in the domain configuration");
    }
    definition = definition().withHostdev(hostdev.asConfigured());
  }

  void removeFromDefinition(Hostdev hostdev) {
    Domain changed = definition().withoutHostdev(hostdev.uuid());
    if (changed.equals(definition())) {
      throw LibvirtRefusal.of(
          LibvirtError.DEVICE_MISSING, "device not present in domain configuration");
    }
    definition = changed;
  }

  void plug(Hostdev hostdev) {
    Running now = running();
    String alias =
        hostdev
            .alias()
            .filter(name -> hostdev.hasUserAlias())
            .orElseGet(() -> Aliases.next(aliases(now.domain())));
    now.qemu().plug(DeviceArguments.of(hostdev, alias));
    Hostdev plugged = hostdev.asConfigured().withAlias(alias);
    running = new Running(now.domain().withHostdev(plugged), now.qemu());
    events.accept(new HostEvent.DeviceAdded(now.domain().name(), alias));
  }

  void unplug(Hostdev hostdev) {
    String alias =
        running().domain().hostdevs().stream()
            .filter(each -> each.uuid().equals(hostdev.uuid()))
            .findFirst()
            .flatMap(Hostdev::alias)
            .orElseThrow(
                () ->
                    LibvirtRefusal.of(
                        LibvirtError.DEVICE_MISSING,
                        "mediated device '" + hostdev.uuid() + "' not found"));
    unplugAlias(alias);
  }

  void unplugAlias(String alias) {
    Optional<Hostdev> found =
        live().hostdevs().stream()
            .filter(each -> each.alias().equals(Optional.of(alias)))
            .findFirst();
    if (running == null || found.isEmpty()) {
      throw LibvirtRefusal.of(LibvirtError.INTERNAL_ERROR, "no device found with alias " + alias);
    }
    running.qemu().unplug(alias);
    notice();
  }

  /** Drops devices that QEMU does not have any more. */
  private void notice() {
    Running now = running();
    Set<String> present = now.qemu().devices();
    Domain domain = now.domain();
    for (Hostdev each : now.domain().hostdevs()) {
      String alias = each.alias().orElse("");
      if (!present.contains(alias)) {
        domain = domain.withoutHostdev(each.uuid());
        events.accept(new HostEvent.DeviceRemoved(domain.name(), alias));
      }
    }
    running = new Running(domain, now.qemu());
  }

  String human(String line) {
    String answer = running().qemu().human(line);
    notice();
    return answer;
  }

  String machine(String command) {
    String answer = running().qemu().machine(command);
    notice();
    return answer;
  }
}
