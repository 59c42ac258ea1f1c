package org.vfioap.qemu.qdev;

import java.time.Duration;
import java.util.Map;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.VfioHost;

/** What plugging needs from the rest of the guest. */
public interface PlugEnvironment {
  /** Returns the host behind vfio-ap devices. */
  VfioHost host();

  /** Says whether the guest is being sent elsewhere. */
  boolean isMigrating();

  /** Returns the bytes of guest memory. */
  long memory();

  /** Says whether devices are plugged into an existing machine, not on the command line. */
  boolean isMachineReady();

  /** Says whether {@code -only-migratable} was given. */
  boolean isOnlyMigratable();

  /** Tells all monitors. */
  void event(String name, JsonObject data);

  /** Returns what is to go wrong with the unplugging that begins. */
  UnplugFault unplugFault();

  /**
   * Is asked last before a device is made.
   *
   * @throws QemuError if it is to be refused nevertheless
   */
  void checkPlug() throws QemuError;

  /** Runs {@code action} once the last reference to an unplugged device has gone, or later. */
  void afterUnplug(Duration later, Runnable action);

  /** Runs what waits for the last reference to unplugged devices; what is later stays later. */
  void drainUnplugged();

  /** Says whether a client passed a file descriptor of that name. */
  boolean hasDescriptor(String name);

  /**
   * Unplugs a device since the kernel wants it back; may be called in any thread.
   *
   * @param name how messages name it
   */
  void unplugRequested(Device device, String name);

  /** Prints on the standard error stream as it is. */
  void print(String text);

  /** Reports an error or warning, with the program's name outside of a monitor command. */
  void report(String text);

  /**
   * Plugs a CPU.
   *
   * @throws QemuError if it cannot be plugged
   */
  void plugCpu(String model, String path, Map<String, JsonValue> properties) throws QemuError;
}
