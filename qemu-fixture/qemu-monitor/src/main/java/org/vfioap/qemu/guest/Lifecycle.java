package org.vfioap.qemu.guest;

import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What the guest is doing, and what moves it from one run state to the next. Source:
 * softmmu/runstate.c and softmmu/cpus.c of QEMU 7.2.
 */
public final class Lifecycle {
  private final Guest guest;
  private final GuestConfiguration configuration;
  private final GuestEnvironment environment;
  private final Actions actions;
  private final Firmware firmware;
  private RunState state;
  private boolean autostart;
  private boolean ready;
  private boolean ended;

  Lifecycle(Guest guest, GuestEnvironment environment) {
    this.guest = guest;
    this.configuration = guest.configuration();
    this.environment = environment;
    this.actions = new Actions(configuration.actions());
    this.firmware = new Firmware(this, configuration, environment);
    this.autostart = !configuration.paused();
    this.state = configuration.incoming().isPresent() ? RunState.INMIGRATE : RunState.PRELAUNCH;
  }

  /** Returns what the guest does. */
  public RunState state() {
    return state;
  }

  /** Says whether the CPUs run. */
  public boolean isRunning() {
    return state == RunState.RUNNING;
  }

  /** Says that the machine is complete; runs it unless it is to wait. */
  public void start() {
    ready = true;
    guest.completed();
    if (autostart && state == RunState.PRELAUNCH) {
      run();
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
      default -> {
        guest.takeDisks();
        run();
      }
    }
  }

  void run() {
    if (!isRunning()) {
      state = RunState.RUNNING;
      environment.event("RESUME", JsonObject.empty());
      firmware.go();
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
    if (!isRunning()) {
      return false;
    }
    state = next;
    firmware.halt();
    environment.event("STOP", JsonObject.empty());
    return true;
  }

  /** Stops the guest if it runs, to be replaced by a snapshot; if there is none it stays so. */
  public void restoring() {
    halt(RunState.RESTORE_VM);
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
    guest.resetDevices();
    environment.event("RESET", cause.toJson());
    firmware.restart();
    switch (state) {
      case RUNNING -> firmware.go();
      case INMIGRATE, FINISH_MIGRATE -> {}
      default -> state = RunState.PRELAUNCH;
    }
  }

  /**
   * Restarts the CPU, which a firmware that waits takes for another panic.
   *
   * @throws QemuError if there is no machine
   */
  public void injectNmi() throws QemuError {
    if (!configuration.hasMachine()) {
      throw QemuError.generic(QemuRules.NO_NMI.now());
    }
    firmware.interrupt();
    if (isRunning()) {
      firmware.go();
    }
  }

  /** Presses the power button; a system that runs in the guest shuts itself down. */
  public void powerDown() {
    environment.event("POWERDOWN", JsonObject.empty());
    if (isRunning() && configuration.hasSystem()) {
      environment.after(configuration.unplugDelay(), this::powerOff);
    }
  }

  /** The system in the guest has shut itself down. */
  void powerOff() {
    shutdown(ShutdownCause.GUEST_SHUTDOWN);
  }

  /** Ends the process, whatever a shutdown of the guest is to do. */
  public void quit(ShutdownCause cause) {
    actions.set("shutdown", "poweroff");
    shutdown(cause);
  }

  /** Shuts the guest down and ends the process, or keeps it if it is to stay. */
  private void shutdown(ShutdownCause cause) {
    environment.event("SHUTDOWN", cause.toJson());
    if (actions.shutdownPauses()) {
      halt(RunState.SHUTDOWN);
    } else {
      ended = true;
      environment.exit(cause == ShutdownCause.GUEST_PANIC && actions.panicFails() ? 1 : 0);
    }
  }

  /** The guest says that it cannot go on, and {@code why}. */
  void panic(JsonObject why) {
    String action = actions.panicIsIgnored() ? "run" : actions.panicPauses() ? "pause" : "poweroff";
    environment.event("GUEST_PANICKED", JsonObject.of("action", action).with("info", why));
    if (!actions.panicIsIgnored()) {
      halt(RunState.GUEST_PANICKED);
    }
    if (action.equals("poweroff")) {
      shutdown(ShutdownCause.GUEST_PANIC);
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
}
