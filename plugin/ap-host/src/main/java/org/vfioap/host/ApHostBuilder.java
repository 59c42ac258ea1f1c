package org.vfioap.host;

import java.time.InstantSource;
import java.util.Optional;
import org.vfioap.ap.ApHardware;
import org.vfioap.kernel.KernelProfile;

/**
 * Describes a host before it boots.
 *
 * <p>Defaults: hardware without adapters, profile {@code documented}, immediate scans, the system
 * clock, no boot parameters, vfio_ap loaded.
 */
public final class ApHostBuilder {
  private ApHardware hardware = ApHardware.create();
  private KernelProfile profile = KernelProfile.DOCUMENTED;
  private ScanPolicy scanPolicy = ScanPolicy.IMMEDIATE;
  private InstantSource clock = InstantSource.system();
  private BootParameters bootParameters = BootParameters.NONE;
  private boolean vfioAp = true;
  private boolean apInstructions = true;

  ApHostBuilder() {}

  /** Sets the hardware; the host keeps it and sees later changes at its next scan. */
  public ApHostBuilder hardware(ApHardware value) {
    hardware = value;
    return this;
  }

  /** Sets which kernel the host runs. */
  public ApHostBuilder profile(KernelProfile value) {
    profile = value;
    return this;
  }

  /** Sets when the bus looks at the hardware. */
  public ApHostBuilder scanPolicy(ScanPolicy value) {
    scanPolicy = value;
    return this;
  }

  /** Sets the clock of log lines and periodic scans. */
  public ApHostBuilder clock(InstantSource value) {
    clock = value;
    return this;
  }

  /** Sets the masks on the kernel command line. */
  public ApHostBuilder bootParameters(BootParameters value) {
    bootParameters = value;
    return this;
  }

  /** Sets whether vfio_ap is loaded after the first scan. */
  public ApHostBuilder vfioAp(boolean loaded) {
    vfioAp = loaded;
    return this;
  }

  ApHostBuilder apInstructions(boolean available) {
    apInstructions = available;
    return this;
  }

  /** Boots the host: the bus is scanned once before this returns. */
  public ApHost boot() {
    return new ApHost(this, hardware, Optional.of(hardware));
  }

  KernelProfile profile() {
    return profile;
  }

  ScanPolicy scanPolicy() {
    return scanPolicy;
  }

  InstantSource clock() {
    return clock;
  }

  BootParameters bootParameters() {
    return bootParameters;
  }

  boolean loadsVfioAp() {
    return vfioAp;
  }

  boolean hasApInstructions() {
    return apInstructions;
  }
}
