package org.vfioap.host;

import java.util.Optional;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.BindState;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.Changes;
import org.vfioap.ap.Facility;
import org.vfioap.ap.Faults;
import org.vfioap.ap.MessageQueues;
import org.vfioap.ap.QueueInfo;
import org.vfioap.ap.ResponseCode;
import org.vfioap.ap.SecureQueues;
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
  private final Optional<SecureQueues> secure;

  private GuestHardware(Guest guest, ApInstructions machine, Optional<SecureQueues> secure) {
    this.guest = guest;
    this.machine = machine;
    this.secure = secure.map(Reached::new);
  }

  /**
   * Makes the instructions of a guest.
   *
   * @param host what the instructions of its host are
   * @throws IllegalStateException if the guest is to run under Secure Execution and its host is a
   *     guest, too
   */
  static GuestHardware of(Guest guest, ApInstructions host) {
    if (!guest.isSecure()) {
      return new GuestHardware(guest, host, Optional.empty());
    }
    if (host instanceof ApHardware machine) {
      return new GuestHardware(guest, host, Optional.of(machine.forSecureGuests()));
    }
    throw new IllegalStateException(
        "guest " + guest + " cannot run under Secure Execution: its host is a guest itself");
  }

  @Override
  public boolean has(Facility facility) {
    CpuFeature feature =
        switch (facility) {
          case APFT -> CpuFeature.APFT;
          case APQI -> CpuFeature.APQI;
          // QCI reports the facilities beyond the three that have a bit of their own.
          case QCI, APXA, QACT, APSC, RC8A, APSB -> CpuFeature.APQCI;
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

  @Override
  public Optional<SecureQueues> secureQueues() {
    return secure;
  }

  /** The same instructions, as far as the guest reaches the queue. */
  private final class Reached implements SecureQueues {
    private final SecureQueues all;

    Reached(SecureQueues all) {
      this.all = all;
    }

    @Override
    public BindState state(int adapter, int domain) {
      return reaches(adapter, domain) ? all.state(adapter, domain) : BindState.USABLE;
    }

    @Override
    public boolean bind(int adapter, int domain) {
      return reaches(adapter, domain) && all.bind(adapter, domain);
    }

    @Override
    public boolean associate(int adapter, int domain, int secret) {
      return reaches(adapter, domain) && all.associate(adapter, domain, secret);
    }

    @Override
    public ResponseCode reset(int adapter, int domain, boolean unbind) {
      return reaches(adapter, domain)
          ? all.reset(adapter, domain, unbind)
          : ResponseCode.Q_NOT_AVAIL;
    }
  }

  @Override
  public ResponseCode zeroise(int adapter, int domain) {
    return reaches(adapter, domain) ? machine.zeroise(adapter, domain) : ResponseCode.Q_NOT_AVAIL;
  }

  @Override
  public void enableInterrupts(int adapter, int domain) {
    if (has(Facility.APQI) && reaches(adapter, domain)) {
      machine.enableInterrupts(adapter, domain);
    }
  }

  @Override
  public void disableInterrupts(int adapter, int domain) {
    if (has(Facility.APQI) && reaches(adapter, domain)) {
      machine.disableInterrupts(adapter, domain);
    }
  }

  @Override
  public boolean interruptsEnabled(int adapter, int domain) {
    return reaches(adapter, domain) && machine.interruptsEnabled(adapter, domain);
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

  @Override
  public MessageQueues messages() {
    return machine.messages();
  }

  @Override
  public Changes.Handle onChange(Runnable listener) {
    Changes.Handle ofGuest = guest.onChange(listener);
    Changes.Handle ofMachine = machine.onChange(listener);
    return () -> {
      ofGuest.close();
      ofMachine.close();
    };
  }
}
