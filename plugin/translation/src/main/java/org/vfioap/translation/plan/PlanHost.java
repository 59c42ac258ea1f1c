package org.vfioap.translation.plan;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.vfioap.host.ApHost;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.translation.cpu.HostApFeatures;
import org.vfioap.translation.device.MdevCheck;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.translation.nodedev.MdevConfiguration;
import org.vfioap.translation.nodedev.MdevWriter;
import org.vfioap.translation.nodedev.WriteRefusal;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A host that a plan is held against. */
public final class PlanHost {
  private final Optional<HostFiles> files;
  private final Set<CpuFeature> features;
  private final boolean mayBeChanged;

  private PlanHost(Optional<HostFiles> files, Set<CpuFeature> features, boolean mayBeChanged) {
    this.files = files;
    this.features = EnumSet.noneOf(CpuFeature.class);
    this.features.addAll(features);
    this.mayBeChanged = mayBeChanged;
  }

  /** Returns a host that is not known and has all features. */
  public static PlanHost unknown() {
    return new PlanHost(Optional.empty(), EnumSet.allOf(CpuFeature.class), false);
  }

  /** Returns an emulated host, on which writes are tried; it is changed by that. */
  public static PlanHost of(ApHost host) {
    return new PlanHost(Optional.of(HostFiles.of(host)), host.guest("plan").features(), true);
  }

  /** Returns a running system, which is read and not changed. */
  public static PlanHost of(HostFiles files) {
    return new PlanHost(Optional.of(files), HostApFeatures.of(files), false);
  }

  boolean isKnown() {
    return files.isPresent();
  }

  Set<CpuFeature> features() {
    return features;
  }

  /** Returns what libvirt would say to a hostdev on this host. */
  String verdict(Hostdev hostdev) {
    try {
      MdevCheck.on(files.orElseThrow(), uuid -> Optional.empty()).check(hostdev);
      return hostdev.uuid() + ": nothing is wrong with it";
    } catch (LibvirtRefusal refusal) {
      return hostdev.uuid() + ": error: " + refusal.getMessage();
    }
  }

  /**
   * Returns what the kernel of this host would say to the writes; empty if they cannot be tried.
   */
  Optional<String> verdict(MdevConfiguration mdev) {
    if (!mayBeChanged) {
      return Optional.empty();
    }
    try {
      MdevWriter writer = MdevWriter.on(files.orElseThrow());
      writer.create(mdev);
      writer.remove(mdev);
      return Optional.of("all writes succeed");
    } catch (WriteRefusal refusal) {
      return Optional.ofNullable(refusal.getMessage());
    }
  }
}
