package org.vfioap.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.AdapterMode;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.KernelRules;
import org.vfioap.sysfs.Attribute;
import org.vfioap.sysfs.AttributeTable;
import org.vfioap.sysfs.DeviceFiles;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;

/**
 * The files of {@code /sys/devices/ap/cardXX/XX.YYYY}.
 *
 * <p>Source: Linux 6.1 ap_queue.c for all queues, zcrypt_queue.c and zcrypt_cex4.c for those of the
 * host; what another driver adds comes from {@link ApDriver#files}.
 */
final class QueueFiles {
  private final ApBus bus;
  private final AttributeTable<ApQueue> always;
  private final SecureExecution secure;
  private final AttributeTable<ApQueue> bindings;
  private final List<AttributeTable<ApQueue>> unbound;
  private final List<AttributeTable<ApQueue>> accelerator;
  private final List<AttributeTable<ApQueue>> cca;
  private final List<AttributeTable<ApQueue>> ep11;
  private final SysfsDirectory power;

  QueueFiles(ApBus bus, Coprocessors coprocessors) {
    this.bus = bus;
    always = table(alwaysThere());
    secure = bus.secureExecution();
    bindings = table(secure.files());
    unbound = List.of(always);
    AttributeTable<ApQueue> host = table(ofHostDriver());
    accelerator = List.of(always, host);
    cca = List.of(always, host, table(List.of(Attribute.text("mkvps", coprocessors::ccaKeys))));
    ep11 = List.of(always, host, table(ofEp11(coprocessors)));
    power = DeviceFiles.power(bus.kernel().lock());
  }

  private static List<Attribute<ApQueue>> ofEp11(Coprocessors coprocessors) {
    return List.of(
        Attribute.text("mkvps", coprocessors::ep11Keys),
        Attribute.line("op_modes", coprocessors::queueModes));
  }

  private AttributeTable<ApQueue> table(List<Attribute<ApQueue>> attributes) {
    return AttributeTable.of(bus.kernel().lock(), ApQueue::isRegistered, attributes);
  }

  private List<Attribute<ApQueue>> alwaysThere() {
    List<Attribute<ApQueue>> all = new ArrayList<>();
    all.add(DeviceFiles.uevent(bus.kernel(), BusDevices::identity));
    all.add(
        Attribute.setting(
            "request_count", queue -> queue.isInitialised() ? "0" : "-", (queue, text) -> {}));
    all.add(Attribute.line("requestq_count", queue -> 0));
    all.add(Attribute.line("pendingq_count", queue -> 0));
    all.add(
        Attribute.setting("reset", QueueFiles::resetState, (queue, text) -> queue.requestReset()));
    all.add(Attribute.line("interrupt", this::interruptState));
    all.add(Attribute.line("config", queue -> queue.configured() ? 1 : 0));
    all.add(Attribute.line("chkstop", queue -> queue.checkstopped() ? 1 : 0));
    if (bus.kernel().profile().has(KernelRules.QUEUE_FUNCTIONS)) {
      all.add(Attribute.line("ap_functions", this::functions));
    }
    if (bus.kernel().profile().has(KernelRules.DRIVER_OVERRIDE)) {
      all.add(
          Attribute.<ApQueue>setting("driver_override", ApQueue::override, bus::writeOverride)
              .lockingItself());
    }
    return all;
  }

  private static String resetState(ApQueue queue) {
    return queue.isResetting() ? "Reset in progress." : "No Reset Timer set.";
  }

  /** What TAPQ tells now, not at the scan: nothing of a queue that has gone since. */
  private String functions(ApQueue queue) {
    boolean told = bus.hardware().test(queue.adapter(), queue.domain()).carriesInfo();
    int functions = told ? bus.hardware().describe(queue.adapter()).functions() : 0;
    return String.format("0x%08X", functions);
  }

  private String interruptState(ApQueue queue) {
    boolean enabled =
        bus.kernel().profile().has(KernelRules.INTERRUPT_ASKED)
            ? queue.interruptsEnabledInHardware()
            : queue.interruptsEnabled();
    return enabled ? "Interrupts enabled." : "Interrupts disabled.";
  }

  private List<Attribute<ApQueue>> ofHostDriver() {
    return List.of(
        Attribute.setting(
            "online", queue -> BusDevices.isOnline(bus, queue) ? 1 : 0, this::setOnline),
        Attribute.line("load", queue -> 0));
  }

  private void setOnline(ApQueue queue, String text) {
    boolean on = BusDevices.flag(text, "online");
    if (on && !(BusDevices.works(bus, queue) && BusDevices.works(bus, queue.card()))) {
      throw KernelRefusal.of(
          Errno.ENODEV, queue.name() + " or its card is deconfigured or checkstopped");
    }
    if (on && !queue.card().online()) {
      throw KernelRefusal.of(Errno.EINVAL, queue.card().name() + " is offline");
    }
    queue.online(on);
    bus.core().sendChange(queue, "ONLINE=" + (on ? 1 : 0));
  }

  private List<AttributeTable<ApQueue>> tables(ApQueue queue) {
    List<AttributeTable<ApQueue>> tables = tablesOfDriver(queue);
    if (!secure.supports(queue.card())) {
      return tables;
    }
    List<AttributeTable<ApQueue>> all = new ArrayList<>(tables);
    all.add(bindings);
    return all;
  }

  private List<AttributeTable<ApQueue>> tablesOfDriver(ApQueue queue) {
    ApDriver driver = queue.driver();
    if (driver == null) {
      return unbound;
    }
    return driver.isDefault()
        ? tablesOfHost(queue.card())
        : driver.files().map(files -> List.of(always, files)).orElse(unbound);
  }

  private List<AttributeTable<ApQueue>> tablesOfHost(ApCard card) {
    if (card.isCoprocessor(AdapterMode.CCA)) {
      return cca;
    }
    return card.isCoprocessor(AdapterMode.EP11) ? ep11 : accelerator;
  }

  /** Returns the directory of a queue. */
  SysfsDirectory directory(ApQueue queue) {
    return new QueueDirectory(queue);
  }

  private final class QueueDirectory implements SysfsDirectory {
    private final ApQueue queue;

    QueueDirectory(ApQueue queue) {
      this.queue = queue;
    }

    @Override
    public @Nullable SysfsNode child(String name) {
      for (AttributeTable<ApQueue> table : tables(queue)) {
        SysfsFile file = table.file(queue, name);
        if (file != null) {
          return FaultyFile.of(file, bus.hardware().faults(), queue, name);
        }
      }
      return switch (name) {
        case "power" -> power;
        case "subsystem" -> new SysfsLink("../../../../bus/ap");
        case "driver" -> BusDevices.driverLink(queue, "../../../../");
        default -> null;
      };
    }

    @Override
    public Collection<String> names() {
      List<String> names = new ArrayList<>(List.of("power", "subsystem"));
      if (queue.driver() != null) {
        names.add("driver");
      }
      tables(queue).forEach(table -> names.addAll(table.names()));
      return names;
    }

    @Override
    public int directories() {
      return 1;
    }
  }
}
