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
 * The files of {@code /sys/devices/ap/cardXX}.
 *
 * <p>Source: Linux 6.1 ap_card.c for all cards, zcrypt_card.c and zcrypt_cex4.c for those that a
 * host driver has.
 */
final class CardFiles {
  private final ApBus bus;
  private final QueueFiles queueFiles;
  private final Coprocessors coprocessors;
  private final AttributeTable<ApCard> always;
  private final AttributeTable<ApCard> bound;
  private final AttributeTable<ApCard> cca;
  private final AttributeTable<ApCard> ep11;
  private final SysfsDirectory power;

  CardFiles(ApBus bus, QueueFiles queueFiles, Coprocessors coprocessors) {
    this.bus = bus;
    this.coprocessors = coprocessors;
    this.queueFiles = queueFiles;
    always = table(alwaysThere());
    bound = table(whileBound());
    cca = table(List.of(Attribute.line("serialnr", coprocessors::ccaSerial)));
    ep11 = table(ofEp11());
    power = DeviceFiles.power(bus.kernel().lock());
  }

  private AttributeTable<ApCard> table(List<Attribute<ApCard>> attributes) {
    return AttributeTable.of(bus.kernel().lock(), ApCard::isRegistered, attributes);
  }

  private List<Attribute<ApCard>> alwaysThere() {
    return List.of(
        DeviceFiles.uevent(bus.kernel(), BusDevices::identity),
        Attribute.line("hwtype", card -> card.type().number()),
        Attribute.line("raw_hwtype", card -> card.rawType().number()),
        Attribute.line("depth", card -> bus.kernel().profile().get(KernelRules.DEPTH)),
        Attribute.line("ap_functions", card -> String.format("0x%08X", card.functions())),
        Attribute.setting("request_count", card -> 0, (card, text) -> {}),
        Attribute.line("requestq_count", card -> 0),
        Attribute.line("pendingq_count", card -> 0),
        Attribute.line("modalias", card -> card.modalias("")),
        Attribute.setting("config", card -> card.configured() ? 1 : 0, this::configure),
        Attribute.line("chkstop", card -> card.checkstopped() ? 1 : 0),
        Attribute.line("max_msg_size", card -> ApCard.MAX_MESSAGE));
  }

  private List<Attribute<ApCard>> whileBound() {
    return List.of(
        Attribute.line("type", ApCard::typeString),
        Attribute.setting(
            "online", card -> BusDevices.isOnline(bus, card) ? 1 : 0, this::setOnline),
        Attribute.line("load", card -> 0));
  }

  private List<Attribute<ApCard>> ofEp11() {
    return List.of(
        Attribute.line("API_ordinalnr", coprocessors::apiOrdinal),
        Attribute.line("FW_version", coprocessors::firmware),
        Attribute.line("serialnr", coprocessors::ep11Serial),
        Attribute.line("op_modes", coprocessors::cardModes));
  }

  /** Asks the firmware; the card follows at once, its queues at the next scan. */
  private void configure(ApCard card, String text) {
    boolean on = BusDevices.flag(text, "config");
    if (on != card.configured()) {
      bus.hardware()
          .configure(card.id().number(), on)
          .ifPresent(
              errno -> {
                throw KernelRefusal.of(errno, "the firmware does not configure " + card.name());
              });
    }
    card.configured(on);
    bus.core().sendChange(card, "CONFIG=" + (on ? 1 : 0));
  }

  private void setOnline(ApCard card, String text) {
    boolean on = BusDevices.flag(text, "online");
    if (on && !BusDevices.works(bus, card)) {
      throw KernelRefusal.of(Errno.ENODEV, card.name() + " is deconfigured or checkstopped");
    }
    card.online(on);
    bus.core().sendChange(card, "ONLINE=" + (on ? 1 : 0));
    for (ApQueue queue : card.queues()) {
      if (isHostBound(queue) && queue.online() != on) {
        queue.online(on);
        bus.core().sendChange(queue, "ONLINE=" + (on ? 1 : 0));
      }
    }
  }

  private static boolean isHostBound(ApQueue queue) {
    ApDriver driver = queue.driver();
    return driver != null && driver.isDefault();
  }

  private List<AttributeTable<ApCard>> tables(ApCard card) {
    List<AttributeTable<ApCard>> tables = new ArrayList<>(List.of(always));
    if (card.driver() != null) {
      tables.add(bound);
      if (card.isCoprocessor(AdapterMode.CCA)) {
        tables.add(cca);
      } else if (card.isCoprocessor(AdapterMode.EP11)) {
        tables.add(ep11);
      }
    }
    return tables;
  }

  /** Returns the directory of a card. */
  SysfsDirectory directory(ApCard card) {
    return new CardDirectory(card);
  }

  private final class CardDirectory implements SysfsDirectory {
    private final ApCard card;

    CardDirectory(ApCard card) {
      this.card = card;
    }

    @Override
    public @Nullable SysfsNode child(String name) {
      ApQueue queue = DeviceName.parse(name).map(this::queue).orElse(null);
      if (queue != null) {
        return queueFiles.directory(queue);
      }
      for (AttributeTable<ApCard> table : tables(card)) {
        SysfsFile file = table.file(card, name);
        if (file != null) {
          return FaultyFile.of(file, bus.hardware().faults(), card, name);
        }
      }
      return switch (name) {
        case "power" -> power;
        case "subsystem" -> new SysfsLink("../../../bus/ap");
        case "driver" -> BusDevices.driverLink(card, "../../../");
        default -> null;
      };
    }

    private @Nullable ApQueue queue(DeviceName name) {
      boolean ours = name.domain() >= 0 && name.adapter() == card.id().number();
      return ours ? card.queue(name.domain()) : null;
    }

    @Override
    public Collection<String> names() {
      List<String> names = new ArrayList<>(List.of("power", "subsystem"));
      if (card.driver() != null) {
        names.add("driver");
      }
      tables(card).forEach(table -> names.addAll(table.names()));
      card.queues().forEach(queue -> names.add(queue.name()));
      return names;
    }

    @Override
    public int directories() {
      return 1 + card.queues().size();
    }
  }
}
