package org.vfioap.qemu.cpu;

import java.util.Optional;
import java.util.Set;

/**
 * What runs the guest's instructions, and which CPU it can give.
 *
 * @param isKvm whether it is KVM on a Z host, not TCG
 * @param hostModel the host's CPU definition, under KVM
 * @param apFeatures which of ap, apqci, apft, apqi it can give
 */
public record Accelerator(boolean isKvm, Optional<String> hostModel, Set<String> apFeatures) {

  /** Returns TCG; {@code apFeatures} is empty unless the host is described as one that has them. */
  public static Accelerator tcg(Set<String> apFeatures) {
    return new Accelerator(false, Optional.empty(), apFeatures);
  }

  /** Returns KVM on a host of the given CPU definition. */
  public static Accelerator kvm(String hostModel, Set<String> apFeatures) {
    return new Accelerator(true, Optional.of(hostModel), apFeatures);
  }
}
