package org.vfioap.qemu.guest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.cpu.CpuModels;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * What the command line says about the guest.
 *
 * @param program the name that stands before errors
 * @param machine the machine type without alias: {@code s390-ccw-virtio-7.2} or {@code none}
 * @param flags properties of the machine that were switched on or off
 * @param accelerator what runs the guest
 * @param models the CPU models of the machine type
 * @param cpu the CPU model and its switches
 * @param memory bytes of memory
 * @param cpus how many CPUs there are and may be
 * @param name the guest's name
 * @param uuid the guest's UUID, if one was given
 * @param paused whether the guest waits for {@code cont}
 * @param actions what happens upon reboot, shutdown, panic and watchdog, where it was said
 * @param kernel whether a kernel is given to boot
 * @param onlyMigratable whether devices that block migration are refused
 * @param audiodevs how many {@code -audiodev} there are
 * @param incoming where migration comes from
 * @param host the host behind vfio-ap devices
 * @param unplugDelay how long DEVICE_DELETED follows the answer to device_del
 */
public record GuestConfiguration(
    String program,
    String machine,
    Map<String, Boolean> flags,
    Accelerator accelerator,
    CpuModels models,
    CpuOption cpu,
    long memory,
    CpuCount cpus,
    Optional<String> name,
    Optional<String> uuid,
    boolean paused,
    Map<String, String> actions,
    boolean kernel,
    boolean onlyMigratable,
    int audiodevs,
    Optional<String> incoming,
    VfioHost host,
    Duration unplugDelay) {

  /** Says whether there is a machine at all. */
  public boolean hasMachine() {
    return !machine.equals("none");
  }

  /**
   * Says whether an operating system runs in the guest once it runs: one that was given a kernel,
   * or any on an emulated Z host, whatever its accelerator. Others have only their firmware.
   */
  public boolean hasSystem() {
    return hasMachine() && (kernel || accelerator.isKvm() || host.kvm().isPresent());
  }
}
