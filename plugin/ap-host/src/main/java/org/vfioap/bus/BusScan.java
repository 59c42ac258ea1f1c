package org.vfioap.bus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.Facility;
import org.vfioap.ap.ResponseCode;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;

/**
 * Compares the hardware with the devices and brings the devices in line.
 *
 * <p>Source: Linux 6.1 ap_bus.c, ap_scan_bus, ap_scan_adapter and ap_scan_domains.
 */
final class BusScan {
  private final KernelProfile profile;
  private final ApInstructions hardware;
  private final DriverCore core;
  private final SecureExecution secure;
  private final int lastAdapter;
  private final int lastDomain;
  private final AtomicReferenceArray<@Nullable ApCard> cards = new AtomicReferenceArray<>(256);
  private Optional<ApConfig> config;
  private long scannedVersion = -1;
  private boolean unsettled;
  private long nextOrder;

  BusScan(KernelProfile profile, ApInstructions hardware, DriverCore core, SecureExecution secure) {
    this.profile = profile;
    this.hardware = hardware;
    this.secure = secure;
    this.core = core;
    config = queryConfiguration();
    lastAdapter = config.orElse(ApConfig.UNKNOWN).lastAdapter();
    lastDomain = config.orElse(ApConfig.UNKNOWN).lastDomain();
  }

  int lastAdapter() {
    return lastAdapter;
  }

  int lastDomain() {
    return lastDomain;
  }

  /** Returns the answer of QCI at the last scan. */
  Optional<ApConfig> config() {
    return config;
  }

  @Nullable ApCard card(int adapter) {
    return cards.get(adapter);
  }

  List<ApCard> cards() {
    List<ApCard> all = new ArrayList<>();
    for (int adapter = 0; adapter < cards.length(); adapter++) {
      ApCard card = cards.get(adapter);
      if (card != null) {
        all.add(card);
      }
    }
    return all;
  }

  boolean configuredAdapter(int adapter) {
    return config.isEmpty() || config.get().adapters().has(adapter);
  }

  boolean configuredDomain(int domain) {
    return config.isEmpty() || config.get().domains().has(domain);
  }

  /** Runs one scan; the drivers learn of a changed configuration before and after. */
  void run(Runnable selectDomain) {
    Optional<ApConfig> before = config;
    config = queryConfiguration();
    boolean changed = !config.equals(before);
    if (changed) {
      ApConfig now = config.orElse(ApConfig.UNKNOWN);
      core.configurationChanged(before.orElse(ApConfig.UNKNOWN), now);
    }
    selectDomain.run();
    scanAdapters();
    if (changed) {
      core.drivers().forEach(ApDriver::onScanComplete);
    }
  }

  /** Asks QCI; to newer kernels an answer without any facility is none. */
  private Optional<ApConfig> queryConfiguration() {
    boolean told =
        Facility.TOLD_BY_QCI.stream().anyMatch(hardware::has)
            || !profile.has(KernelRules.QCI_NEEDS_FLAGS);
    return told ? hardware.queryConfiguration() : Optional.empty();
  }

  private void scanAdapters() {
    long version = hardware.version();
    // Hardware that did not change since the last look has nothing new to tell.
    if (version == scannedVersion && !unsettled) {
      return;
    }
    unsettled = false;
    for (int adapter = 0; adapter <= lastAdapter; adapter++) {
      scanAdapter(adapter);
    }
    scannedVersion = version;
  }

  private void scanAdapter(int adapter) {
    Optional<ResponseCode> answer =
        configuredAdapter(adapter) ? firstAnswer(adapter) : Optional.empty();
    if (answer.isEmpty()) {
      removeCard(adapter);
      return;
    }
    Adapter found = hardware.describe(adapter);
    ApCard card = cards.get(adapter);
    if (card != null && (card.rawType() != found.type() || card.functions() != functions(found))) {
      removeCard(adapter);
      card = null;
    }
    if (card == null) {
      card = addCard(adapter, found, answer.get());
    } else {
      update(card, health(answer.get()));
    }
    if (card != null) {
      scanDomains(card);
    }
  }

  /** Asks the queues of an adapter until one tells about it. */
  private Optional<ResponseCode> firstAnswer(int adapter) {
    for (int domain = 0; domain <= lastDomain; domain++) {
      ResponseCode response = test(adapter, domain);
      if (response.carriesInfo()) {
        return Optional.of(response);
      }
    }
    return Optional.empty();
  }

  private ResponseCode test(int adapter, int domain) {
    return configuredDomain(domain) ? hardware.test(adapter, domain) : ResponseCode.Q_NOT_AVAIL;
  }

  private static ApCard.Health health(ResponseCode response) {
    return new ApCard.Health(
        response != ResponseCode.DECONFIGURED, response == ResponseCode.CHECKSTOPPED);
  }

  /** TAPQ tells functions only with APFT; before CEX4 the mode is derived from the type. */
  private int functions(Adapter adapter) {
    int told = hardware.has(Facility.APFT) ? adapter.functions() : 0;
    return adapter.type().hasModes() ? told : told | adapter.type().fixedMode().bit();
  }

  private @Nullable ApCard addCard(int adapter, Adapter found, ResponseCode answer) {
    Optional<AdapterType> type = compatibleType(found.type(), answer);
    if (type.isEmpty()) {
      return null;
    }
    AdapterId id = AdapterId.of(adapter);
    ApCard card = new ApCard(id, found.type(), type.get(), functions(found), health(answer));
    cards.set(adapter, card);
    core.add(card);
    return card;
  }

  /**
   * {@code ap_get_compatible_type}: QACT maps an unknown newer type to the newest known one, if QCI
   * tells that there is QACT and the queue that is asked is in order.
   */
  private Optional<AdapterType> compatibleType(AdapterType raw, ResponseCode answer) {
    if (raw != AdapterType.NEWER) {
      boolean known = raw.hasModes() || profile.has(KernelRules.OLD_ADAPTERS);
      return known ? Optional.of(raw) : Optional.empty();
    }
    boolean asked = config.isPresent() && hardware.has(Facility.QACT);
    return asked && answer == ResponseCode.NORMAL
        ? Optional.of(AdapterType.CEX8)
        : Optional.empty();
  }

  private void removeCard(int adapter) {
    ApCard card = cards.get(adapter);
    if (card != null) {
      card.queues().stream()
          .sorted(Comparator.comparingLong(ApQueue::order))
          .forEach(this::removeQueue);
      core.remove(card);
      cards.set(adapter, null);
    }
  }

  private void removeQueue(ApQueue queue) {
    core.remove(queue);
    queue.card().put(queue.domain(), null);
  }

  private void update(ApCard card, ApCard.Health health) {
    card.checkstopped(health.checkstopped());
    if (card.configured() != health.configured()) {
      card.configured(health.configured());
      core.sendChange(card, "CONFIG=" + (health.configured() ? 1 : 0));
    }
  }

  private void scanDomains(ApCard card) {
    for (int domain = 0; domain <= lastDomain; domain++) {
      ResponseCode response = test(card.id().number(), domain);
      ApQueue queue = card.queue(domain);
      if (!response.carriesInfo()) {
        Optional.ofNullable(queue).ifPresent(this::removeQueue);
      } else if (queue == null) {
        addQueue(card, domain, health(response));
      } else {
        update(queue, health(response));
      }
    }
  }

  private void addQueue(ApCard card, int domain, ApCard.Health health) {
    ApQueue queue = new ApQueue(card, domain, nextOrder++, hardware, health);
    card.put(domain, queue);
    core.add(queue);
    if (profile.has(KernelRules.QUEUES_START_EARLY) && health.isGood()) {
      queue.restart();
    }
  }

  /** One change at a time: a checkstop first, then the configuration, then other errors. */
  private void update(ApQueue queue, ApCard.Health health) {
    secure.poll(queue);
    if (queue.checkstopped() != health.checkstopped()) {
      queue.checkstopped(health.checkstopped());
      failOrRecover(queue, health.checkstopped());
    } else if (queue.configured() != health.configured()) {
      queue.configured(health.configured());
      failOrRecover(queue, !health.configured());
      core.sendChange(queue, "CONFIG=" + (health.configured() ? 1 : 0));
    } else if (health.configured() && queue.hasFailed()) {
      queue.recover();
    }
    unsettled |= needsUpdate(queue, health);
  }

  private static boolean needsUpdate(ApQueue queue, ApCard.Health health) {
    return queue.checkstopped() != health.checkstopped()
        || queue.configured() != health.configured()
        || (health.configured() && queue.hasFailed());
  }

  private static void failOrRecover(ApQueue queue, boolean failed) {
    if (failed) {
      queue.fail();
    } else {
      queue.recover();
    }
  }
}
