package org.vfioap.qemu.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.descriptor.DescriptorStore;
import org.vfioap.qemu.display.VncServers;
import org.vfioap.qemu.dump.GuestDump;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.migration.Migration;
import org.vfioap.qemu.network.Networks;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Board;
import org.vfioap.qemu.qdev.DevicePlug;
import org.vfioap.qemu.qom.TypeTable;
import org.vfioap.qemu.recording.MachineRecording;

/** The guest and the machine around it. Not thread-safe: everything happens on the main loop. */
public final class Guest {
  private final GuestConfiguration configuration;
  private final GuestEnvironment environment;
  private final ErrorReports reports;
  private final Processor processor;
  private final Lifecycle life;
  private @Nullable Migration migration;
  private @Nullable DebugSettings debug;
  private @Nullable Modules modules;
  private @Nullable DescriptorStore descriptors;
  private @Nullable GuestDump dump;
  private final List<GuestChardev> chardevs = new ArrayList<>();
  private boolean introduced;
  private @Nullable Board board;
  private Map<String, String> ownObjects = Map.of();
  private @Nullable DevicePlug plug;
  private @Nullable Cpus cpus;
  private @Nullable Networks networks;
  private @Nullable VncServers displays;

  private Guest(GuestConfiguration configuration, GuestEnvironment environment) {
    this.configuration = configuration;
    this.environment = environment;
    this.reports = new ErrorReports(environment, configuration.program());
    this.processor = new Processor(configuration);
    this.life = new Lifecycle(this, environment);
  }

  /**
   * Builds the guest; its CPUs are checked against what the accelerator can give.
   *
   * @throws QemuError if the CPU model is refused
   */
  public static Guest create(GuestConfiguration configuration, GuestEnvironment environment)
      throws QemuError {
    Guest guest = new Guest(configuration, environment);
    guest.processor.check(environment);
    return guest;
  }

  /** Returns what the command line says. */
  public GuestConfiguration configuration() {
    return configuration;
  }

  /** Returns the recording of the machine type. */
  public MachineRecording recording() {
    return MachineRecording.of(configuration.machine());
  }

  /** Returns the model of the CPUs. */
  public Processor processor() {
    return processor;
  }

  /** Returns the board; it is built when it is first needed. */
  public Board board() {
    Board known = board;
    if (known == null) {
      introduce();
      boolean ap = processor.hasAp();
      boolean kvm = configuration.accelerator().isKvm();
      known =
          Board.of(
              configuration.machine(),
              ap,
              kvm,
              TypeTable.recorded(configuration.host().kvm().isPresent()));
      board = known;
      BoardFitting.of(this).fit(known);
      placeOwnObjects();
    }
    return known;
  }

  /**
   * Adds objects below {@code /objects} that QEMU makes itself, by their records; if nothing has
   * needed the board yet they come with it.
   */
  public void addOwnObjects(Map<String, String> records) {
    ownObjects = records;
    if (board != null) {
      placeOwnObjects();
    }
  }

  private void placeOwnObjects() {
    if (QemuRules.MONITOR_OBJECTS.now()) {
      ownObjects.forEach(UserObjects.of(this)::place);
    }
  }

  /** Makes a character device known. */
  public void addChardev(GuestChardev chardev) {
    chardevs.add(chardev);
  }

  /** Returns the character devices. */
  public List<GuestChardev> chardevs() {
    return chardevs;
  }

  private void introduce() {
    if (!configuration.hasMachine()) {
      configuration.host().noGuestRuns();
    } else if (!introduced) {
      introduced = true;
      String name = configuration.name().orElse("");
      String uuid = configuration.uuid().orElse("");
      configuration.host().guestRuns(name, uuid, processor.laterApFeatures());
    }
  }

  /** Returns what plugs and unplugs devices. */
  public DevicePlug plug() {
    DevicePlug known = plug;
    if (known == null) {
      known = new DevicePlug(board(), new Plugging(this, environment));
      plug = known;
    }
    return known;
  }

  /** Says whether there is a character device of that identifier. */
  public boolean hasChardev(String id) {
    return chardevs().stream().anyMatch(each -> each.label().equals(id));
  }

  /** Says whether there is a network back end of that identifier. */
  public boolean hasNetdev(String id) {
    return board().hasBackend("netdev", id);
  }

  /** Returns the networks. */
  public Networks networks() {
    Networks known = networks;
    if (known == null) {
      known = Networks.of(board());
      networks = known;
    }
    return known;
  }

  /** Gives the guest remote displays, which end with it. */
  public void show(VncServers servers) {
    displays = servers;
  }

  /** Returns the remote displays; none if the command line wants none. */
  public Optional<VncServers> displays() {
    return Optional.ofNullable(displays);
  }

  /** Returns the CPUs. */
  public Cpus cpus() {
    Cpus known = cpus;
    if (known == null) {
      CpuCount count = configuration.hasMachine() ? configuration.cpus() : CpuCount.NONE;
      known = new Cpus(count, processor.checkedModel());
      cpus = known;
    }
    return known;
  }

  /** Returns the migration. */
  public Migration migration() {
    Migration known = migration;
    if (known == null) {
      known = Migration.of(new MigrationView(this, environment));
      migration = known;
    }
    return known;
  }

  /** Returns what people switched in the monitor. */
  public DebugSettings debug() {
    DebugSettings known = debug;
    if (known == null) {
      known = new DebugSettings();
      debug = known;
    }
    return known;
  }

  /** Returns the core files of the guest. */
  public GuestDump dump() {
    GuestDump known = dump;
    if (known == null) {
      known = GuestDump.of(configuration.memory());
      dump = known;
    }
    return known;
  }

  /** Runs {@code action} after {@code delay}. */
  public void after(Duration delay, Runnable action) {
    environment.after(delay, action);
  }

  /** Tells all monitors about an event, now or after the answer that is being made. */
  public void tell(String name, JsonObject data, boolean afterwards) {
    if (afterwards) {
      environment.execute(() -> environment.event(name, data));
    } else {
      environment.event(name, data);
    }
  }

  /**
   * Checks that the guest has a balloon.
   *
   * @throws QemuError if it has none
   */
  public void checkBalloon() throws QemuError {
    if (board().devices().stream().noneMatch(each -> each.model().startsWith("virtio-balloon"))) {
      throw QemuError.of(ErrorClass.DEVICE_NOT_ACTIVE, "No balloon device has been activated");
    }
  }

  /** Returns the file descriptors that came over monitors. */
  public DescriptorStore descriptors() {
    DescriptorStore known = descriptors;
    if (known == null) {
      known = new DescriptorStore();
      descriptors = known;
    }
    return known;
  }

  /** Returns the modules of the program. */
  public Modules modules() {
    Modules known = modules;
    if (known == null) {
      known = new Modules();
      modules = known;
    }
    return known;
  }

  /** Returns what the guest does and what makes it do something else. */
  public Lifecycle life() {
    return life;
  }

  /** The machine is complete: its host may know, and its devices start from the beginning. */
  void completed() {
    introduce();
    configuration.host().watchGuest(new GuestPower(life, environment));
    if (plug != null) {
      plug().reset();
    }
  }

  void resetDevices() {
    if (plug != null) {
      reports.outsideCommand(plug()::reset);
    }
    configuration.host().guestBoots();
  }

  boolean isMigrating() {
    return migration != null && migration.isRunning();
  }

  /** Prints on the standard error stream of the process. */
  public void print(String text) {
    environment.print(text);
  }

  /** Prints on the standard output stream of the process. */
  public void say(String text) {
    environment.say(text);
  }

  /** Returns the names of the device models that users may create. */
  public List<String> creatableModels() {
    return plug().creatableModels();
  }

  /**
   * Takes the disks, which another process had while the guest was elsewhere.
   *
   * @throws QemuError if it still has them
   */
  void takeDisks() throws QemuError {
    if (board != null && board.hasDisks()) {
      board.disks().activate();
    }
  }

  /** Leaves the disks to another process. */
  void leaveDisks() {
    if (board != null && board.hasDisks()) {
      board.disks().inactivate();
    }
  }

  /** Lets go of everything on the host. */
  public void close() {
    if (migration != null) {
      migration.close();
    }
    if (plug != null) {
      plug().releaseAll();
    }
    if (board != null && board.hasDisks()) {
      board.disks().close();
    }
    if (displays != null) {
      displays.close();
    }
  }

  /** Returns where complaints go. */
  public ErrorReports reports() {
    return reports;
  }
}
