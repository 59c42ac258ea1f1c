package org.vfioap.qemu.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.cpu.CpuModel;
import org.vfioap.qemu.cpu.CpuModels;
import org.vfioap.qemu.descriptor.DescriptorStore;
import org.vfioap.qemu.dump.GuestDump;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.migration.Migration;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Board;
import org.vfioap.qemu.qdev.DevicePlug;
import org.vfioap.qemu.qdev.PlugEnvironment;
import org.vfioap.qemu.recording.MachineRecording;
import org.vfioap.qemu.vfio.VfioHost;

/** The guest and the machine around it. Not thread-safe: everything happens on the main loop. */
public final class Guest {
  private final GuestConfiguration configuration;
  private final GuestEnvironment environment;
  private final Actions actions;
  private final ErrorReports reports;
  private @Nullable Migration migration;
  private @Nullable DebugSettings debug;
  private @Nullable Modules modules;
  private @Nullable DescriptorStore descriptors;
  private @Nullable GuestDump dump;
  private final List<GuestChardev> chardevs = new ArrayList<>();
  private @Nullable CpuModels models;
  private @Nullable CpuModel cpuModel;
  private boolean introduced;
  private @Nullable Board board;
  private @Nullable DevicePlug plug;
  private @Nullable Cpus cpus;
  private RunState state;
  private boolean autostart;
  private boolean ready;
  private boolean ended;

  private Guest(GuestConfiguration configuration, GuestEnvironment environment) {
    this.configuration = configuration;
    this.environment = environment;
    this.actions = new Actions(configuration);
    this.reports = new ErrorReports(environment, configuration.program());
    this.autostart = !configuration.paused();
    this.state = configuration.incoming().isPresent() ? RunState.INMIGRATE : RunState.PRELAUNCH;
  }

  /**
   * Builds the guest; its CPUs are checked against what the accelerator can give.
   *
   * @throws QemuError if the CPU model is refused
   */
  public static Guest create(GuestConfiguration configuration, GuestEnvironment environment)
      throws QemuError {
    Guest guest = new Guest(configuration, environment);
    if (!configuration.cpu().isDefault()) {
      guest.checkCpu(guest.cpuModel());
    }
    return guest;
  }

  private void checkCpu(CpuModel model) throws QemuError {
    for (String warning : cpuModels().warnings(model)) {
      environment.print(configuration.program() + ": warning: " + warning + "\n");
    }
    cpuModels().checkAvailable(model);
  }

  /** Returns what the command line says. */
  public GuestConfiguration configuration() {
    return configuration;
  }

  /** Returns the recording of the machine type. */
  public MachineRecording recording() {
    return MachineRecording.of(configuration.machine());
  }

  /** Returns the CPU models of the machine type. */
  public CpuModels cpuModels() {
    CpuModels known = models;
    if (known == null) {
      String machine = configuration.hasMachine() ? configuration.machine() : "s390-ccw-virtio";
      known = CpuModels.of(MachineRecording.of(machine), configuration.accelerator());
      models = known;
    }
    return known;
  }

  /**
   * Returns the CPU model of the guest.
   *
   * @throws QemuError if a switch of {@code -cpu} is refused
   */
  public CpuModel cpuModel() throws QemuError {
    CpuModel known = cpuModel;
    if (known == null) {
      known = configuration.cpu().resolve(cpuModels());
      cpuModel = known;
    }
    return known;
  }

  /** Returns the board; it is built when it is first needed. */
  public Board board() {
    Board known = board;
    if (known == null) {
      introduce();
      boolean ap = configuration.hasMachine() && hasFeature("ap");
      if (ap) {
        configuration.host().cpuFeatures(apFeatures());
      }
      boolean kvm = configuration.accelerator().isKvm();
      known = Board.of(configuration.machine(), ap, kvm);
      board = known;
      BoardFitting.of(this).fit(known);
    }
    return known;
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
    if (configuration.hasMachine() && !introduced) {
      introduced = true;
      configuration.host().guestRuns(configuration.name().orElse(""), new ApFeatures());
    }
  }

  private Set<String> apFeatures() {
    return Stream.of("ap", "apqci", "apft", "apqi")
        .filter(this::hasFeature)
        .collect(Collectors.toSet());
  }

  /** The features for a host that asks; no lambda, since that would cost time at the start. */
  private final class ApFeatures implements Supplier<Set<String>> {
    @Override
    public Set<String> get() {
      return apFeatures();
    }
  }

  private boolean hasFeature(String feature) {
    boolean possible = !configuration.accelerator().apFeatures().isEmpty();
    return possible && checkedModel().has(feature);
  }

  CpuModel checkedModel() {
    try {
      return cpuModel();
    } catch (QemuError refused) {
      throw new IllegalStateException("the CPU model was checked at start", refused);
    }
  }

  /** Returns what plugs and unplugs devices. */
  public DevicePlug plug() {
    DevicePlug known = plug;
    if (known == null) {
      known = new DevicePlug(board(), new Plugging());
      plug = known;
    }
    return known;
  }

  /** Returns the CPUs. */
  public Cpus cpus() {
    Cpus known = cpus;
    if (known == null) {
      CpuCount count = configuration.hasMachine() ? configuration.cpus() : CpuCount.NONE;
      known = new Cpus(count, checkedModel());
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

  /** Returns what the guest does. */
  public RunState state() {
    return state;
  }

  /** Says that the machine is complete; runs it unless it is to wait. */
  public void start() {
    ready = true;
    introduce();
    if (plug != null) {
      plug().reset();
    }
    if (!configuration.paused() && state == RunState.PRELAUNCH) {
      state = RunState.RUNNING;
      environment.event("RESUME", JsonObject.empty());
    }
  }

  /** Says whether the machine is complete. */
  public boolean hasStarted() {
    return ready;
  }

  /**
   * Runs the guest, or lets it run once it has come.
   *
   * @throws QemuError if it must be reset first or is about to leave
   */
  public void resume() throws QemuError {
    switch (state) {
      case INMIGRATE -> autostart = true;
      case SHUTDOWN -> throw QemuError.generic("Resetting the Virtual Machine is required");
      case FINISH_MIGRATE -> throw QemuError.generic("Migration is not finalized yet");
      default -> run();
    }
  }

  void run() {
    if (state != RunState.RUNNING) {
      state = RunState.RUNNING;
      environment.event("RESUME", JsonObject.empty());
    }
  }

  /** Stops the guest if it runs; one that comes will not run. */
  public void stop() {
    if (state == RunState.INMIGRATE) {
      autostart = false;
    }
    halt(RunState.PAUSED);
  }

  /** Stops the guest if it runs and says whether it did. */
  boolean halt(RunState next) {
    if (state != RunState.RUNNING) {
      return false;
    }
    state = next;
    environment.event("STOP", JsonObject.empty());
    return true;
  }

  void become(RunState next) {
    state = next;
  }

  boolean isAutostart() {
    return autostart;
  }

  /** Resets the machine, or ends it if a reset is to end it. */
  public void reset(ShutdownCause cause) {
    if (actions.rebootEnds()) {
      shutdown(cause);
      return;
    }
    if (plug != null) {
      reports.outsideCommand(plug()::reset);
    }
    configuration.host().guestBoots();
    environment.event("RESET", cause.toJson());
    switch (state) {
      case RUNNING, INMIGRATE, FINISH_MIGRATE -> {}
      default -> state = RunState.PRELAUNCH;
    }
  }

  /** Presses the power button; a guest that runs shuts itself down. */
  public void powerDown() {
    environment.event("POWERDOWN", JsonObject.empty());
    if (state == RunState.RUNNING) {
      environment.after(configuration.unplugDelay(), () -> shutdown(ShutdownCause.GUEST_SHUTDOWN));
    }
  }

  /** Ends the guest: the process too, unless it is to stay. */
  public void shutdown(ShutdownCause cause) {
    environment.event("SHUTDOWN", cause.toJson());
    boolean fromGuest =
        cause == ShutdownCause.GUEST_SHUTDOWN || cause == ShutdownCause.HOST_QMP_SYSTEM_RESET;
    if (fromGuest && actions.shutdownPauses()) {
      halt(RunState.SHUTDOWN);
    } else {
      ended = true;
      environment.exit(0);
    }
  }

  /** Says whether the process is about to end. */
  public boolean hasEnded() {
    return ended;
  }

  /** Does what {@code set-action} does. */
  public void setAction(String event, String action) {
    actions.set(event, action);
  }

  /** Prints on the standard error stream of the process. */
  public void print(String text) {
    environment.print(text);
  }

  /** Returns the names of the device models that users may create. */
  public List<String> creatableModels() {
    return plug().creatableModels();
  }

  /** Lets go of everything on the host. */
  public void close() {
    if (migration != null) {
      migration.close();
    }
    if (plug != null) {
      plug().releaseAll();
    }
  }

  /** Returns where complaints go. */
  public ErrorReports reports() {
    return reports;
  }

  /** What plugging sees of the guest. */
  private final class Plugging implements PlugEnvironment {
    @Override
    public VfioHost host() {
      return configuration.host();
    }

    @Override
    public long memory() {
      return configuration.memory();
    }

    @Override
    public boolean isMigrating() {
      return migration != null && migration.isRunning();
    }

    @Override
    public boolean isMachineReady() {
      return ready;
    }

    @Override
    public boolean isOnlyMigratable() {
      return configuration.onlyMigratable();
    }

    @Override
    public void event(String name, JsonObject data) {
      environment.event(name, data);
    }

    @Override
    public void afterUnplug(Runnable action) {
      environment.after(configuration.unplugDelay(), action);
    }

    @Override
    public void print(String text) {
      environment.print(text);
    }

    @Override
    public void report(String text) {
      reports.report(text);
    }

    @Override
    public void plugCpu(String model, String path, Map<String, JsonValue> properties)
        throws QemuError {
      int core =
          Optional.ofNullable(properties.get("core-id"))
              .map(value -> value instanceof JsonNumber.Signed number ? (int) number.value() : 0)
              .orElse(0);
      cpus().checkFree(core);
      String name = model.replace("-s390x-cpu", "");
      CpuModel plugged = cpuModels().find(name).orElseThrow();
      cpuModels().checkAvailable(plugged);
      cpus().plug(core, path);
      BoardFitting.of(Guest.this).addCpu(board(), plugged, core, path);
    }
  }
}
