package org.vfioap.qemu.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.cpu.CpuModels;
import org.vfioap.qemu.guest.CpuOption;
import org.vfioap.qemu.guest.GuestConfiguration;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Global;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * Reads what the command line says about the guest. Source: softmmu/vl.c of QEMU 7.2, and measured.
 */
final class GuestOptions {
  private final CommandLine line;
  private final VfioHost host;

  GuestOptions(CommandLine line, VfioHost host) {
    this.line = line;
    this.host = host;
  }

  /** Puts together what the parts of the start found out. */
  GuestConfiguration read(
      String machine, Accelerator accelerator, MachineProperties properties, Duration unplugDelay)
      throws Exit {
    String known = machine.equals("none") ? "s390-ccw-virtio" : machine;
    CpuModels models = CpuModels.of(known, accelerator);
    return new GuestConfiguration(
        line.program(),
        machine,
        properties.flags(),
        accelerator,
        models,
        cpu(models),
        properties.memory().size(),
        properties.cpus(),
        name(),
        uuid(),
        line.has("S"),
        actions(),
        line.has("kernel"),
        line.has("only-migratable"),
        line.all("audiodev").size(),
        line.last("incoming"),
        host,
        unplugDelay);
  }

  private Optional<String> uuid() {
    Optional<String> uuid = line.last("uuid");
    return uuid.isPresent() ? Optional.of(uuid.get().toLowerCase(Locale.ROOT)) : uuid;
  }

  private Optional<String> name() {
    Optional<String> name = Optional.empty();
    for (CommandLine.Option option : line.all("name")) {
      Optional<String> given = OptionString.parse(option.value(), "guest").get("guest");
      name = given.isPresent() ? given : name;
    }
    return name;
  }

  private CpuOption cpu(CpuModels models) throws Exit {
    Optional<String> text = line.last("cpu");
    try {
      CpuOption option = text.isEmpty() ? CpuOption.DEFAULT : CpuOption.parse(text.get(), models);
      return line.has("global") ? option.after(globals(option)) : option;
    } catch (QemuError refused) {
      throw line.failure(refused.text() + "\n");
    }
  }

  /** Returns what {@code -global} switches on CPUs of the model. */
  private Map<String, String> globals(CpuOption option) {
    Map<String, String> switches = new LinkedHashMap<>();
    for (String text : line.values("global")) {
      Global global = Global.parse(text);
      if (List.of("s390x-cpu", option.model() + "-s390x-cpu").contains(global.driver())) {
        switches.put(global.property(), global.value());
      }
    }
    return switches;
  }

  /** What is said later counts; the short options are said as if by {@code -action}. */
  private Map<String, String> actions() {
    Map<String, String> actions = new HashMap<>();
    for (CommandLine.Option option : line.options()) {
      switch (option.name()) {
        case "no-reboot" -> actions.put("reboot", "shutdown");
        case "no-shutdown" -> actions.put("shutdown", "pause");
        case "action" -> actions.putAll(OptionString.parse(option.value(), "").values());
        default -> {}
      }
    }
    return actions;
  }
}
