package org.vfioap.qemu.guest;

import java.time.Duration;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.UnplugFault;

/** What the guest needs from the process around it. */
public interface GuestEnvironment {
  /** Tells all negotiated monitors; {@code data} without members is left out. */
  void event(String name, JsonObject data);

  /** Runs {@code action} on the main loop after {@code delay}. */
  void after(Duration delay, Runnable action);

  /** Runs {@code action} after a delay that somebody ordered, in the time of who ordered it. */
  default void afterOrdered(Duration delay, Runnable action) {
    after(delay, action);
  }

  /** Returns what a test ordered to go wrong with the unplugging that begins. */
  default UnplugFault unplugFault() {
    return UnplugFault.NONE;
  }

  /**
   * Lets a test refuse a device that QEMU would take.
   *
   * @throws QemuError as the test ordered
   */
  default void checkPlug() throws QemuError {}

  /** Prints on standard error as it is. */
  void print(String text);

  /** Prints on standard output as it is. */
  void say(String text);

  /** Runs {@code action} on the main loop, soon; any thread may ask for it. */
  void execute(Runnable action);

  /** Ends the process once pending answers are written. */
  void exit(int status);
}
