package org.vfioap.translation.cpu;

import java.util.EnumSet;
import java.util.Set;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.translation.files.HostFiles;

/**
 * Which AP features a host can give its guests, as its files tell.
 *
 * <p>{@code apft} cannot be told from files; every machine that runs KVM has it.
 */
public final class HostApFeatures {
  private static final String BUS = "/sys/bus/ap";

  private HostApFeatures() {}

  /** Returns the features of a host. */
  public static Set<CpuFeature> of(HostFiles files) {
    Set<CpuFeature> features = EnumSet.noneOf(CpuFeature.class);
    if (files.exists(BUS)) {
      features.add(CpuFeature.AP);
      features.add(CpuFeature.APFT);
      if (!read(files, "ap_control_domain_mask").contains("not supported")) {
        features.add(CpuFeature.APQCI);
      }
      if (!read(files, "ap_interrupts").equals("0")) {
        features.add(CpuFeature.APQI);
      }
    }
    return features;
  }

  private static String read(HostFiles files, String name) {
    try {
      return files.read(BUS + "/" + name).strip();
    } catch (KernelRefusal absent) {
      return "not supported";
    }
  }
}
