package org.vfioap.machine;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vfioap.host.BootParameters;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.KernelProfile;

/** All that a machine file says, with the defaults filled in. */
record MachineDescription(
    KernelProfile profile,
    ScanPolicy scanPolicy,
    HardwareDescription hardware,
    BootParameters boot,
    List<BootWrite> writes,
    List<MdevDescription> mdevs,
    List<GuestDescription> guests,
    SortedMap<String, String> files) {

  /** Copies what could change. */
  MachineDescription {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  MachineDescription withProfile(KernelProfile other) {
    return new MachineDescription(other, scanPolicy, hardware, boot, writes, mdevs, guests, files);
  }

  MachineDescription withScanPolicy(ScanPolicy other) {
    return new MachineDescription(profile, other, hardware, boot, writes, mdevs, guests, files);
  }
}
