package org.vfioap.qemu.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.block.Disks;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.guest.GuestConfiguration;
import org.vfioap.qemu.guest.ObjectRules;
import org.vfioap.qemu.guest.ObjectSurroundings;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qom.TypeTable;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * The way from options that are read to a guest that can be built, in QEMU's order, so that of
 * several mistakes the same one is told. Source: the end of qemu_init in softmmu/vl.c of QEMU 7.2.
 */
final class Startup {
  private static final Set<String> DISKS =
      Set.of(
          "blockdev",
          "drive",
          "hda",
          "hdb",
          "hdc",
          "hdd",
          "cdrom",
          "fda",
          "fdb",
          "pflash",
          "sd",
          "mtdblock");

  private final CommandLine line;
  private final OptionPass pass;
  private final VfioHost host;
  private final Console console;
  private final Chardevs chardevs;
  private List<JsonObject> networks = List.of();
  private @Nullable DiskOptions disks;
  private String type = "";
  private List<Monitors.Wish> wishes = List.of();

  Startup(CommandLine line, OptionPass pass, VfioHost host, Console console) throws Exit {
    this.line = line;
    this.pass = pass;
    this.host = host;
    this.console = console;
    this.chardevs = new Chardevs(line, console, FdSets.read(line));
  }

  /** Finds the machine type. */
  void machine() throws Exit {
    OptionChecks checks = new OptionChecks(line);
    checks.rtc();
    try {
      pass.machine().readMemory(line);
    } catch (QemuError refused) {
      throw line.failure(refused.text() + "\n");
    }
    type = pass.machine().type(line);
    checks.vga();
  }

  /** Makes what does not need the machine. */
  Chardevs backends() throws Exit {
    for (UserObject object : pass.objects()) {
      if (object.isEarly()) {
        check(object);
      }
    }
    chardevs.openAll();
    if (wantsDisks()) {
      disks = new DiskOptions(line, console, new Disks());
      disks.open();
    }
    return chardevs;
  }

  private boolean wantsDisks() {
    for (CommandLine.Option option : line.options()) {
      if (DISKS.contains(option.name())) {
        return true;
      }
    }
    return false;
  }

  /** Sets the machine's properties, chooses the accelerator and the CPU model. */
  GuestConfiguration configuration(Duration unplugDelay) throws Exit {
    MachineProperties properties = new MachineProperties(line, console, type, pass.objects());
    properties.apply(pass.machine().members());
    Accelerator accelerator =
        new AcceleratorOption(line, host, console).choose(pass.machine().text("accel"));
    if (MachineDictionary.isDeprecated(type)) {
      console.report(
          "warning: Machine type '"
              + type
              + "' is deprecated: machines more than 3 years old are subject to deletion after 6"
              + " years\n");
    }
    if (line.has("netdev") || line.has("nic") || line.has("net")) {
      networks = new NetworkOptions(line, console, chardevs.all().keySet()).read();
    }
    for (UserObject object : pass.objects()) {
      if (!object.isEarly()) {
        check(object);
      }
    }
    wishes = new MonitorOptions(line, chardevs).read(pass.objects());
    new SerialOptions(line, console, chardevs).check();
    GuestConfiguration configuration =
        new GuestOptions(line, host).read(type, accelerator, properties, unplugDelay);
    checkBoard(properties);
    if (properties.isSecure() && !type.equals("none")) {
      runSecurely(accelerator);
    }
    return configuration;
  }

  /** Source: include/hw/s390x/pv.h of QEMU 7.2, s390_pv_init. */
  private void runSecurely(Accelerator accelerator) throws Exit {
    if (!accelerator.isKvm()) {
      throw line.failure("Protected Virtualization requires KVM\n");
    }
    host.secureExecution();
  }

  private void checkBoard(MachineProperties properties) throws Exit {
    String backend = pass.machine().text("memory-backend").orElse("");
    if (!backend.isEmpty() && !hasObject(backend, "memory-backend")) {
      throw line.failure("Memory backend '" + backend + "' not found\n");
    }
    if (!type.equals("none")) {
      properties.memory().check(line, pass.machine().text("memory-backend").isPresent());
      if (properties.cpus().threads() > 1) {
        throw line.failure("S390 does not support more than 1 threads.\n");
      }
    }
  }

  /**
   * Checks the files that the board loads when its CPUs are there, and what comes before devices.
   */
  void checkFiles() throws Exit {
    Optional<CommandLine.Option> numa = line.all("numa").stream().findFirst();
    if (numa.isPresent()) {
      throw line.failure(numa.get().location() + ": NUMA is not supported by this machine-type\n");
    }
    if (!type.equals("none")) {
      new FirmwareFiles(line, pass.machine()).check();
    }
    OtherOptions.checkBoard(line);
  }

  /** Returns the monitors that the command line wants. */
  List<Monitors.Wish> wishes() {
    return wishes;
  }

  private boolean hasObject(String id, String kind) {
    return UserObject.isAmong(pass.objects(), id, kind);
  }

  private void check(UserObject object) throws Exit {
    try {
      ObjectRules.of(TypeTable.recorded(), new Wanted()).check(object.members());
    } catch (QemuError refused) {
      throw line.failure(refused.text() + "\n" + refused.hint());
    }
  }

  CommandLine line() {
    return line;
  }

  /** Returns the disks that the command line wants; empty if it wants none. */
  Optional<DiskOptions> disks() {
    return Optional.ofNullable(disks);
  }

  Console console() {
    return console;
  }

  /** Returns the back ends of networks that the command line wants. */
  List<JsonObject> networks() {
    return networks;
  }

  List<UserObject> objects() {
    return pass.objects();
  }

  /** What the command line has named so far. */
  private final class Wanted implements ObjectSurroundings {
    @Override
    public boolean offers(String type) {
      return host.offers(type);
    }

    @Override
    public boolean hasIommu() {
      return host.hasIommu();
    }

    @Override
    public boolean hasChardev(String id) {
      return chardevs.all().containsKey(id);
    }

    @Override
    public boolean hasNetdev(String id) {
      return networks.stream().anyMatch(each -> each.text("id").equals(Optional.of(id)));
    }

    @Override
    public Optional<JsonObject> secret(String id) {
      for (UserObject object : pass.objects()) {
        boolean named = object.members().text("id").orElse("").equals(id);
        if (named && object.type().startsWith("secret")) {
          return Optional.of(object.members());
        }
      }
      return Optional.empty();
    }
  }
}
