package org.vfioap.qemu.guest;

import java.time.Duration;
import java.util.Optional;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * What the command line says about the guest.
 *
 * @param program the name that stands before errors
 * @param machine the machine type without alias: {@code s390-ccw-virtio-7.2} or {@code none}
 * @param accelerator what runs the guest
 * @param cpu the CPU model and its switches
 * @param memory bytes of memory
 * @param cpus how many CPUs there are and may be
 * @param name the guest's name
 * @param uuid the guest's UUID, if one was given
 * @param paused whether the guest waits for {@code cont}
 * @param noShutdown whether a shutdown of the guest leaves the process alive
 * @param noReboot whether a reset ends the process
 * @param onlyMigratable whether devices that block migration are refused
 * @param incoming where migration comes from
 * @param host the host behind vfio-ap devices
 * @param unplugDelay how long DEVICE_DELETED follows the answer to device_del
 */
public record GuestConfiguration(
    String program,
    String machine,
    Accelerator accelerator,
    CpuOption cpu,
    long memory,
    CpuCount cpus,
    Optional<String> name,
    Optional<String> uuid,
    boolean paused,
    boolean noShutdown,
    boolean noReboot,
    boolean onlyMigratable,
    Optional<String> incoming,
    VfioHost host,
    Duration unplugDelay) {

  /** Says whether there is a machine at all. */
  public boolean hasMachine() {
    return !machine.equals("none");
  }
}
