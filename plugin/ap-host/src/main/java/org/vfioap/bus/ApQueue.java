package org.vfioap.bus;

import java.util.Optional;
import java.util.OptionalInt;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.DomainId;
import org.vfioap.ap.Facility;
import org.vfioap.ap.ResponseCode;
import org.vfioap.ap.SecureQueues;

/**
 * The device of a queue, {@code /sys/devices/ap/card05/05.0004}, with as much of its state machine
 * as its attributes show. Source: Linux 6.1 ap_queue.c.
 */
public final class ApQueue extends ApDevice {
  private enum State {
    UNINITIATED,
    OPERATING,
    ERROR
  }

  private final ApCard card;
  private final int domain;
  private final long order;
  private final ApInstructions hardware;
  private State state = State.UNINITIATED;
  private boolean resetting = true;
  private boolean interrupts;
  private boolean unbindAtReset;
  private OptionalInt association = OptionalInt.empty();
  private boolean associating;
  private String override = "";

  ApQueue(ApCard card, int domain, long order, ApInstructions hardware, ApCard.Health health) {
    super(health.configured(), health.checkstopped());
    this.card = card;
    this.domain = domain;
    this.order = order;
    this.hardware = hardware;
  }

  /** Returns the APQN. */
  public Apqn apqn() {
    return new Apqn(card.id(), DomainId.of(domain));
  }

  /** Returns the adapter number, 0 to 255. */
  public int adapter() {
    return card.id().number();
  }

  /** Returns the domain number, 0 to 255. */
  public int domain() {
    return domain;
  }

  /** Returns when the device was registered, relative to the others. */
  long order() {
    return order;
  }

  @Override
  public ApCard card() {
    return card;
  }

  @Override
  public String name() {
    return apqn().toString();
  }

  @Override
  public String devpath() {
    return card.devpath() + "/" + name();
  }

  @Override
  void initialise() {
    super.initialise();
    restart();
  }

  /** A write to {@code reset}: it starts nothing while no host driver has the queue. */
  void requestReset() {
    if (isInitialised()) {
      startReset();
    } else {
      resetting = true;
    }
  }

  /** {@code ap_queue_init_state}: reset, then interrupts where the machine has them. */
  void restart() {
    forgetAssociation();
    startReset();
  }

  private void startReset() {
    ResponseCode response = reset(unbindAtReset);
    unbindAtReset &= state(response) == State.ERROR;
    associating = false;
    resetting = true;
    interrupts = false;
    state = state(response);
    poll();
  }

  /** Only a guest under Secure Execution decides whether a reset unbinds. */
  private ResponseCode reset(boolean unbind) {
    return hardware
        .secureQueues()
        .map(secure -> secure.reset(adapter(), domain, unbind))
        .orElseGet(() -> hardware.reset(adapter(), domain));
  }

  private static State state(ResponseCode response) {
    return switch (response) {
      case NORMAL, RESET_IN_PROGRESS -> State.OPERATING;
      case Q_NOT_AVAIL, DECONFIGURED, CHECKSTOPPED -> State.ERROR;
    };
  }

  /** Looks whether a reset that was started has ended meanwhile. */
  void poll() {
    if (state == State.OPERATING
        && resetting
        && hardware.test(adapter(), domain) == ResponseCode.NORMAL) {
      resetting = false;
      interrupts = hardware.has(Facility.APQI);
      hardware.enableInterrupts(adapter(), domain);
    }
  }

  /** {@code ap_queue_remove}: whatever driver had the queue, it is zeroed afterwards. */
  void zeroise() {
    Optional<SecureQueues> secure = hardware.secureQueues();
    if (secure.isPresent()) {
      secure.get().reset(adapter(), domain, false);
    } else {
      hardware.zeroise(adapter(), domain);
    }
    state = State.UNINITIATED;
  }

  /** A scan found the queue gone bad; a host driver cannot use it until it is well again. */
  void fail() {
    if (state != State.UNINITIATED) {
      state = State.ERROR;
    }
  }

  /** A scan found the queue well again. */
  void recover() {
    if (state != State.UNINITIATED) {
      restart();
    }
  }

  boolean hasFailed() {
    return state == State.ERROR;
  }

  /** Tells whether a host driver ever initialised it since it was bound: else no request count. */
  boolean isInitialised() {
    return state != State.UNINITIATED;
  }

  /** {@code se_bind 0}: a reset that also ends binding and association. */
  void unbindAndRestart() {
    unbindAtReset = true;
    restart();
  }

  /** Returns the secret of the last association that this kernel began: {@code assoc_idx}. */
  OptionalInt association() {
    return association;
  }

  void forgetAssociation() {
    association = OptionalInt.empty();
  }

  void beginAssociation(int secret) {
    association = OptionalInt.of(secret);
    associating = true;
  }

  void endAssociation() {
    associating = false;
  }

  /** Somebody else has reset the queue. */
  void loseAssociation() {
    forgetAssociation();
    state = State.ERROR;
  }

  boolean isAssociating() {
    return associating;
  }

  /** Tells whether the state machine goes on: {@code ap_sm_event}. */
  boolean isRunning() {
    return isInitialised() && configured() && !checkstopped();
  }

  boolean isResetting() {
    poll();
    return resetting;
  }

  /** What the driver last did, whatever became of it. */
  boolean interruptsEnabled() {
    poll();
    return interrupts;
  }

  /** What the hardware says now. */
  boolean interruptsEnabledInHardware() {
    poll();
    return hardware.interruptsEnabled(adapter(), domain);
  }

  /** Returns the only driver that may have the queue; empty leaves it to the masks. */
  String override() {
    return override;
  }

  void override(String driverName) {
    override = driverName;
  }
}
