package org.vfioap.host;

import java.util.Optional;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.Facility;
import org.vfioap.ap.Faults;
import org.vfioap.ap.QueueInfo;
import org.vfioap.ap.ResponseCode;
import org.vfioap.kernel.Errno;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.Guest;

/**
 * AP instructions interpreted in a guest: the machine's own, as far as the APCB and the CPU
 * features allow.
 *
 * <p>Source: the document, "The CPU model features for AP". Without APFT a guest sees no AP
 * devices.
 */
final class GuestHardware implements ApInstructions {
  private final Guest guest;
  private final ApInstructions machine;
  private final Faults faults = new Faults();

  GuestHardware(Guest guest, ApInstructions machine) {
    this.guest = guest;
    this.machine = machine;
  }

  @Override
  public boolean has(Facility facility) {
    CpuFeature feature =
        switch (facility) {
          case APFT -> CpuFeature.APFT;
          case APQI -> CpuFeature.APQI;
          // QCI reports extended addressing and the compatibility query.
          case QCI, APXA, QACT -> CpuFeature.APQCI;
        };
    return guest.features().contains(feature) && machine.has(facility);
  }

  @Override
  public Optional<ApConfig> queryConfiguration() {
    return has(Facility.QCI) ? machine.queryConfiguration().map(this::visible) : Optional.empty();
  }

  private ApConfig visible(ApConfig config) {
    ApMatrix matrix = guest.apcb().effective();
    return new ApConfig(
        matrix.adapters(),
        matrix.domains(),
        matrix.controlDomains(),
        config.maxAdapter(),
        config.maxDomain(),
        config.extendedAddressing());
  }

  private boolean reaches(int adapter, int domain) {
    return has(Facility.APFT) && guest.apcb().effective().has(adapter, domain);
  }

  @Override
  public ResponseCode test(int adapter, int domain) {
    return reaches(adapter, domain) ? machine.test(adapter, domain) : ResponseCode.Q_NOT_AVAIL;
  }

  @Override
  public Adapter describe(int adapter) {
    return machine.describe(adapter);
  }

  @Override
  public ResponseCode reset(int adapter, int domain) {
    return reaches(adapter, domain) ? machine.reset(adapter, domain) : ResponseCode.Q_NOT_AVAIL;
  }

  @Override
  public Optional<CardInfo> askAboutCard(int adapter) {
    return machine.askAboutCard(adapter);
  }

  @Override
  public Optional<QueueInfo> askAboutQueue(int adapter, int domain) {
    return machine.askAboutQueue(adapter, domain);
  }

  /** Its Linux has files of its own. */
  @Override
  public Faults faults() {
    return faults;
  }

  /** A guest has no way to the firmware. */
  @Override
  public Optional<Errno> configure(int adapter, boolean on) {
    return Optional.of(Errno.EOPNOTSUPP);
  }

  @Override
  public long version() {
    return guest.version() + machine.version();
  }
}
