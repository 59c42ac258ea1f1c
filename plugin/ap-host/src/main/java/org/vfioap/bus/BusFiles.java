package org.vfioap.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.HostLock;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.sysfs.Attribute;
import org.vfioap.sysfs.AttributeTable;
import org.vfioap.sysfs.DeviceFiles;
import org.vfioap.sysfs.Entries;
import org.vfioap.sysfs.Listing;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;

/**
 * {@code /sys/bus/ap} and {@code /sys/devices/ap}.
 *
 * <p>Source: Linux 6.1 ap_bus.c and drivers/base/bus.c.
 */
public final class BusFiles {
  private final ApBus bus;
  private final HostLock lock;
  private final CardFiles cardFiles;

  private BusFiles(ApBus bus) {
    this.bus = bus;
    lock = bus.kernel().lock();
    Coprocessors coprocessors = new Coprocessors(bus);
    cardFiles = new CardFiles(bus, new QueueFiles(bus, coprocessors), coprocessors);
  }

  /** Returns the files of a bus. */
  public static BusFiles of(ApBus bus) {
    return new BusFiles(bus);
  }

  /** Returns {@code /sys/bus/ap}. */
  public SysfsDirectory busDirectory() {
    AttributeTable<ApBus> table = AttributeTable.of(lock, any -> true, attributes());
    return Entries.create()
        .withAll(table, bus)
        .with("devices", new Listing(this::deviceNames, this::deviceLink))
        .with("drivers", new Listing(bus::driverNames, this::driver));
  }

  /** Returns {@code /sys/devices/ap}. */
  public SysfsDirectory devicesDirectory() {
    Attribute<ApBus> uevent =
        DeviceFiles.uevent(
            bus.kernel(), any -> new DeviceFiles.Identity("/devices/ap", "ap", List.of(), "ap ap"));
    Entries own =
        Entries.create()
            .with("power", DeviceFiles.power(lock))
            .withAll(AttributeTable.of(lock, any -> true, List.of(uevent)), bus);
    return new Listing(() -> rootNames(own), name -> rootEntry(own, name));
  }

  private List<String> rootNames(Entries own) {
    List<String> names = new ArrayList<>(own.names());
    bus.cards().forEach(card -> names.add(card.name()));
    return names;
  }

  private @Nullable SysfsNode rootEntry(Entries own, String name) {
    Optional<ApCard> card =
        DeviceName.parse(name).filter(n -> n.domain() < 0).map(n -> bus.card(n.adapter()));
    return card.isPresent() ? cardFiles.directory(card.get()) : own.child(name);
  }

  private List<String> deviceNames() {
    List<String> names = new ArrayList<>();
    for (ApCard card : bus.cards()) {
      names.add(card.name());
      card.queues().forEach(queue -> names.add(queue.name()));
    }
    return names;
  }

  private @Nullable SysfsNode deviceLink(String name) {
    return DeviceName.parse(name).isEmpty()
        ? null
        : bus.find(name).map(device -> new SysfsLink("../../.." + device.devpath())).orElse(null);
  }

  private @Nullable SysfsNode driver(String name) {
    return bus.core().driver(name).map(this::driverDirectory).orElse(null);
  }

  private SysfsDirectory driverDirectory(ApDriver driver) {
    AttributeTable<ApDriver> table =
        AttributeTable.of(
            lock,
            any -> true,
            List.of(
                Attribute.command("bind", (d, text) -> bus.core().bind(d, bus.find(text), text)),
                Attribute.command(
                    "unbind", (d, text) -> bus.core().unbind(d, bus.find(text), text)),
                DeviceFiles.driverUevent(
                    bus.kernel(), d -> "/bus/ap/drivers/" + d.driverName(), "drivers")));
    Entries files =
        Entries.create()
            .withAll(table, driver)
            .withLink("module", "../../../../module/" + driver.module());
    return new Listing(() -> namesOf(driver, files), name -> boundOr(driver, name, files));
  }

  private List<String> namesOf(ApDriver driver, Entries files) {
    List<String> names = new ArrayList<>(files.names());
    for (ApCard card : bus.cards()) {
      if (card.driver() == driver) {
        names.add(card.name());
      }
      card.queues().stream().filter(q -> q.driver() == driver).forEach(q -> names.add(q.name()));
    }
    return names;
  }

  private @Nullable SysfsNode boundOr(ApDriver driver, String name, Entries files) {
    boolean bound =
        DeviceName.parse(name).isPresent()
            && bus.find(name).filter(device -> device.driver() == driver).isPresent();
    return bound
        ? new SysfsLink("../../../.." + bus.find(name).orElseThrow().devpath())
        : files.child(name);
  }

  private List<Attribute<ApBus>> attributes() {
    BusSettings settings = bus.settings();
    List<Attribute<ApBus>> all = new ArrayList<>();
    all.add(
        Attribute.setting("ap_domain", b -> settings.domain(), (b, t) -> settings.writeDomain(t)));
    all.add(mask("ap_control_domain_mask", ApConfig::controlDomains));
    all.add(mask("ap_usage_domain_mask", ApConfig::domains));
    all.add(mask("ap_adapter_mask", ApConfig::adapters));
    all.add(Attribute.line("ap_interrupts", b -> settings.interrupts() ? 1 : 0));
    all.add(
        Attribute.setting(
            "config_time", b -> settings.configTime(), (b, t) -> settings.writeConfigTime(t)));
    all.add(
        Attribute.setting(
            "poll_thread", b -> settings.polling() ? 1 : 0, (b, t) -> settings.writePolling(t)));
    all.add(
        Attribute.setting(
            "poll_timeout", b -> settings.pollTimeout(), (b, t) -> settings.writePollTimeout(t)));
    all.add(Attribute.line("ap_max_domain_id", b -> b.devices().lastDomain()));
    all.add(Attribute.line("ap_max_adapter_id", b -> b.devices().lastAdapter()));
    all.add(
        Attribute.<ApBus>setting("apmask", b -> b.masks().adapters(), ApBus::writeAdapterMask)
            .lockingItself());
    all.add(
        Attribute.<ApBus>setting("aqmask", b -> b.masks().domains(), ApBus::writeDomainMask)
            .lockingItself());
    all.add(Attribute.setting("scans", ApBus::scans, (b, t) -> b.scan()));
    all.add(Attribute.line("bindings", ApBus::bindingsText));
    all.add(
        Attribute.setting(
            "drivers_autoprobe",
            b -> bus.core().autoprobe() ? 1 : 0,
            (b, t) -> bus.core().autoprobe(!t.startsWith("0"))));
    all.add(Attribute.command("drivers_probe", (b, t) -> probe(t)));
    all.add(DeviceFiles.driverUevent(bus.kernel(), b -> "/bus/ap", "bus"));
    if (bus.kernel().profile().has(KernelRules.BUS_FEATURES)) {
      all.add(Attribute.text("features", b -> features()));
    }
    if (bus.kernel().profile().has(KernelRules.BINDINGS_COMPLETE_COUNT)) {
      all.add(Attribute.line("bindings_complete_count", b -> b.bindings().completeCount()));
    }
    return all;
  }

  private static Attribute<ApBus> mask(String name, Function<ApConfig, ApMask> which) {
    return Attribute.line(
        name, b -> b.config().map(qci -> which.apply(qci).toString()).orElse("not supported"));
  }

  /**
   * Bus attribute {@code features}: what QCI tells, {@code -} without it. A kernel that takes a QCI
   * without facilities for one shows nothing then, not even a newline.
   */
  private String features() {
    String names =
        Facility.TOLD_BY_QCI.stream()
            .filter(bus.hardware()::has)
            .map(Facility::name)
            .collect(Collectors.joining(" "));
    if (bus.config().isEmpty()) {
      return "-\n";
    }
    return names.isEmpty() ? "" : names + "\n";
  }

  private void probe(String text) {
    ApDevice device =
        bus.find(text)
            .orElseThrow(() -> KernelRefusal.of(Errno.ENODEV, "no device '" + text.strip() + "'"));
    if (device.driver() == null) {
      bus.core().attach(device);
    }
  }
}
