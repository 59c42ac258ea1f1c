package org.vfioap.qemu.migration;

import java.time.Duration;
import java.util.List;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What migration needs from the guest. All but {@link #execute} and what says so is called on the
 * main loop.
 */
public interface MigratingGuest {
  /** Returns the machine type. */
  String machine();

  /** Returns the bytes of memory. */
  long memory();

  /** Returns the number of the memory among what has state; any thread may ask. */
  int memorySection();

  /** Returns the identifiers of what has state to move: CPUs and devices. */
  List<String> sections();

  /** Returns the devices that cannot migrate, the latest first. */
  List<String> nonMigratable();

  /** Returns the name of the run state. */
  String runState();

  /** Stops the guest for the last part; returns whether it ran. */
  boolean finish();

  /** The guest is elsewhere. */
  void left();

  /** The guest stays; it runs again if it did before. */
  void stayed(boolean ran);

  /** The guest has come; {@code state} is the run state that it had. */
  void arrived(String state);

  /** Ends the process because the guest could not come. */
  void failed();

  /**
   * Gives away the descriptor that getfd named so.
   *
   * @throws QemuError if there is none
   */
  int takeDescriptor(String name) throws QemuError;

  /** Tells all monitors. */
  void event(String name, JsonObject data);

  /** Complains on standard error, after the program's name. */
  void complain(String text);

  /** Writes to standard error as it is. */
  void print(String text);

  /** Runs {@code action} on the main loop, soon; any thread may ask for it. */
  void execute(Runnable action);

  /** Runs {@code action} on the main loop after {@code delay}. */
  void after(Duration delay, Runnable action);
}
