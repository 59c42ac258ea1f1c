package org.vfioap.ap;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.vfioap.kernel.Errno;

/**
 * The AP hardware of a machine: what its firmware decides, and what an operator changes at the
 * support element while Linux runs.
 *
 * <p>An adapter or domain is part of the configuration when its bit is set; every adapter number
 * has a type, whether or not it is configured, so that one can arrive later. Linux notices a change
 * at its next bus scan. Safe for use by several threads.
 */
public final class ApHardware implements ApInstructions {
  private static final Adapter DEFAULT_ADAPTER = Adapter.of(AdapterType.CEX5, AdapterMode.CCA);

  private final AtomicReferenceArray<Adapter> adapters = new AtomicReferenceArray<>(256);
  private final Map<Integer, CardInfo> cardInfos = new ConcurrentHashMap<>();
  private final Map<Integer, QueueInfo> queueInfos = new ConcurrentHashMap<>();
  private final Faults faults = new Faults();
  private volatile Set<Facility> facilities =
      EnumSet.of(Facility.QCI, Facility.APFT, Facility.APXA, Facility.APQI, Facility.APSC);
  private volatile ApMask apm = ApMask.NONE;
  private volatile ApMask aqm = ApMask.NONE;
  private volatile ApMask adm = ApMask.NONE;
  private volatile int maxAdapter = ApMask.LAST;
  private volatile int maxDomain = ApMask.LAST;
  private final Changes changes = new Changes();
  private final Queues queues = new Queues(changes);
  private final BoundQueues bound = new BoundQueues(this);
  private final List<Consumer<Apqn>> zeroiseListeners = new CopyOnWriteArrayList<>();

  private ApHardware() {
    for (int i = 0; i < adapters.length(); i++) {
      adapters.set(i, DEFAULT_ADAPTER);
    }
  }

  /**
   * Creates a machine without adapters and domains: maxima 255, facilities QCI, APFT, APXA, APQI
   * and APSC, every adapter number a healthy CEX5 in CCA mode until it is set otherwise.
   */
  public static ApHardware create() {
    return new ApHardware();
  }

  private ApHardware changed() {
    changes.changed();
    return this;
  }

  /** Sets which facilities are installed; they are fixed once Linux has booted. */
  public ApHardware facilities(Set<Facility> installed) {
    facilities = installed.isEmpty() ? EnumSet.noneOf(Facility.class) : EnumSet.copyOf(installed);
    return changed();
  }

  /** Sets the highest adapter and domain number of the machine, 0 to 255 each. */
  public ApHardware maxima(int adapter, int domain) {
    maxAdapter = AdapterId.of(adapter).number();
    maxDomain = DomainId.of(domain).number();
    return changed();
  }

  /** Sets which adapters are assigned to this system. */
  public ApHardware adapters(ApMask mask) {
    apm = mask;
    return changed();
  }

  /** Sets which usage domains are assigned to this system. */
  public ApHardware domains(ApMask mask) {
    aqm = mask;
    return changed();
  }

  /** Sets which control domains are assigned to this system. */
  public ApHardware controlDomains(ApMask mask) {
    adm = mask;
    return changed();
  }

  /** Sets what stands behind an adapter number. */
  public ApHardware adapter(AdapterId id, Adapter adapter) {
    adapters.set(id.number(), adapter);
    return changed();
  }

  /** Changes what stands behind an adapter number. */
  public ApHardware adapter(AdapterId id, UnaryOperator<Adapter> change) {
    adapters.updateAndGet(id.number(), change);
    return changed();
  }

  /** Sets the state of one queue. */
  public ApHardware queue(Apqn apqn, QueueState state) {
    queues.set(apqn.adapter().number(), apqn.domain().number(), state);
    return changed();
  }

  /** Changes what the coprocessor of an adapter answers when it is asked about the adapter. */
  public ApHardware cardInfo(AdapterId id, UnaryOperator<CardInfo> change) {
    cardInfos.compute(
        id.number(), (number, before) -> change.apply(before == null ? CardInfo.BLANK : before));
    return changed();
  }

  /** Changes what it answers when it is asked about a domain. */
  public ApHardware queueInfo(Apqn apqn, UnaryOperator<QueueInfo> change) {
    queueInfos.compute(
        Queues.index(apqn.adapter().number(), apqn.domain().number()),
        (index, before) -> change.apply(before == null ? QueueInfo.BLANK : before));
    return changed();
  }

  /** Returns which facilities are installed. */
  public Set<Facility> facilities() {
    return EnumSet.copyOf(facilities);
  }

  /** Returns the adapters, domains and maxima, whether or not QCI is installed to ask for them. */
  public ApConfig configuration() {
    return new ApConfig(apm, aqm, adm, maxAdapter, maxDomain, has(Facility.APXA));
  }

  /** Returns the queues that are not healthy, and how. */
  public Map<Apqn, QueueState> troubledQueues() {
    return queues.troubled();
  }

  /** Returns what coprocessors answer when they are asked about a domain, where they do. */
  public Map<Apqn, QueueInfo> queueInfos() {
    Map<Apqn, QueueInfo> infos = new TreeMap<>();
    queueInfos.forEach((index, info) -> infos.put(Apqn.of(index >> 8, index & 255), info));
    return infos;
  }

  @Override
  public boolean has(Facility facility) {
    return facilities.contains(facility);
  }

  @Override
  public Optional<ApConfig> queryConfiguration() {
    return has(Facility.QCI) ? Optional.of(configuration()) : Optional.empty();
  }

  @Override
  public ResponseCode test(int adapter, int domain) {
    if (!apm.has(adapter) || !aqm.has(domain)) {
      return ResponseCode.Q_NOT_AVAIL;
    }
    return switch (state(adapter, domain)) {
      case ABSENT -> ResponseCode.Q_NOT_AVAIL;
      case CHECKSTOPPED -> ResponseCode.CHECKSTOPPED;
      case DECONFIGURED -> ResponseCode.DECONFIGURED;
      case RESET_STUCK -> whileStuck(adapter, domain);
      case OK, RESET_BUSY_ONCE, BIND_REFUSED, ASSOCIATION_REFUSED, ASSOCIATION_PENDING ->
          health(adapters.get(adapter));
    };
  }

  /** Once such a queue was reset, it is for ever being reset. */
  private ResponseCode whileStuck(int adapter, int domain) {
    ResponseCode health = health(adapters.get(adapter));
    boolean resetting = health == ResponseCode.NORMAL && queues.isStuck(adapter, domain);
    return resetting ? ResponseCode.RESET_IN_PROGRESS : health;
  }

  QueueState state(int adapter, int domain) {
    return queues.state(adapter, domain);
  }

  private static ResponseCode health(Adapter adapter) {
    if (!adapter.configured()) {
      return ResponseCode.DECONFIGURED;
    }
    return adapter.checkstopped() ? ResponseCode.CHECKSTOPPED : ResponseCode.NORMAL;
  }

  @Override
  public Adapter describe(int adapter) {
    return adapters.get(adapter);
  }

  @Override
  public ResponseCode reset(int adapter, int domain) {
    bound.end(adapter, domain);
    return resetQueue(adapter, domain);
  }

  /** Returns the instructions of guests under Secure Execution; the host's resets unbind. */
  public SecureQueues forSecureGuests() {
    return bound;
  }

  /** Resets a queue and leaves its binding to a guest. */
  ResponseCode resetQueue(int adapter, int domain) {
    ResponseCode response = test(adapter, domain);
    if (response != ResponseCode.NORMAL) {
      return response;
    }
    boolean busy = queues.reset(adapter, domain);
    changes.moved();
    return busy ? ResponseCode.RESET_IN_PROGRESS : ResponseCode.NORMAL;
  }

  @Override
  public Optional<CardInfo> askAboutCard(int adapter) {
    return Optional.ofNullable(cardInfos.get(adapter));
  }

  @Override
  public Optional<QueueInfo> askAboutQueue(int adapter, int domain) {
    return Optional.ofNullable(queueInfos.get(Queues.index(adapter, domain)));
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public ResponseCode zeroise(int adapter, int domain) {
    if (!zeroiseListeners.isEmpty()) {
      Apqn apqn = Apqn.of(adapter, domain);
      zeroiseListeners.forEach(listener -> listener.accept(apqn));
    }
    return reset(adapter, domain);
  }

  /**
   * Calls the listener whenever an operating system zeroises a queue, also one that is not there.
   * It is called in the thread that does so and must not call back.
   */
  public void onZeroise(Consumer<Apqn> listener) {
    zeroiseListeners.add(listener);
  }

  @Override
  public void enableInterrupts(int adapter, int domain) {
    interrupts(adapter, domain, true);
  }

  @Override
  public void disableInterrupts(int adapter, int domain) {
    interrupts(adapter, domain, false);
  }

  private void interrupts(int adapter, int domain, boolean enabled) {
    if (has(Facility.APQI) && test(adapter, domain) == ResponseCode.NORMAL) {
      queues.interrupts(adapter, domain, enabled);
      changes.moved();
    }
  }

  @Override
  public boolean interruptsEnabled(int adapter, int domain) {
    return queues.interrupts(adapter, domain) && test(adapter, domain) == ResponseCode.NORMAL;
  }

  @Override
  public Optional<Errno> configure(int adapter, boolean on) {
    adapter(AdapterId.of(adapter), before -> before.withConfigured(on));
    return Optional.empty();
  }

  @Override
  public long version() {
    return changes.version();
  }

  @Override
  public Changes.Handle onChange(Runnable listener) {
    return changes.listen(listener);
  }

  @Override
  public MessageQueues messages() {
    return queues.messages();
  }
}
