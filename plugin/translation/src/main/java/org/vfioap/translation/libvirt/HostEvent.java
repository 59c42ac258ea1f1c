package org.vfioap.translation.libvirt;

import java.util.List;

/** Something that libvirt tells its clients. */
public sealed interface HostEvent {

  /**
   * A domain came, went or changed its state.
   *
   * @param domain its name
   * @param what {@code Defined}, {@code Started}, {@code Stopped} and others, as {@code virsh
   *     event} prints them
   */
  record Lifecycle(String domain, String what) implements HostEvent {
    private static final List<String> NAMES =
        List.of(
            "Defined",
            "Undefined",
            "Started",
            "Suspended",
            "Resumed",
            "Stopped",
            "Shutdown",
            "PMSuspended",
            "Crashed");

    static Lifecycle of(String domain, int number) {
      return new Lifecycle(domain, number < NAMES.size() ? NAMES.get(number) : "unknown");
    }
  }

  /**
   * A device was plugged into a running domain.
   *
   * @param domain its name
   * @param alias of the device
   */
  record DeviceAdded(String domain, String alias) implements HostEvent {}

  /**
   * A device was unplugged from a running domain.
   *
   * @param domain its name
   * @param alias of the device
   */
  record DeviceRemoved(String domain, String alias) implements HostEvent {}

  /**
   * A node device came or went.
   *
   * @param name libvirt's name of it
   * @param what {@code Created}, {@code Deleted}, {@code Defined} or {@code Undefined}
   */
  record NodeDeviceLifecycle(String name, String what) implements HostEvent {
    private static final List<String> NAMES = List.of("Created", "Deleted", "Defined", "Undefined");

    static NodeDeviceLifecycle of(String name, int number) {
      return new NodeDeviceLifecycle(name, number < NAMES.size() ? NAMES.get(number) : "unknown");
    }
  }
}
