package org.vfioap.machine;

import java.util.List;
import org.vfioap.host.BootParameters;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.KernelProfile;

/** All that a machine file says, with the defaults filled in. */
record MachineDescription(
    KernelProfile profile,
    ScanPolicy scanPolicy,
    HardwareDescription hardware,
    BootParameters boot,
    List<MdevDescription> mdevs) {

  MachineDescription withProfile(KernelProfile other) {
    return new MachineDescription(other, scanPolicy, hardware, boot, mdevs);
  }

  MachineDescription withScanPolicy(ScanPolicy other) {
    return new MachineDescription(profile, other, hardware, boot, mdevs);
  }
}
