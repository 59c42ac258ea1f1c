package org.vfioap.bus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.KeyValue;
import org.vfioap.ap.OperationMode;
import org.vfioap.ap.QueueInfo;
import org.vfioap.ap.ResponseCode;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;

/**
 * What the files of CCA and EP11 coprocessors show: the host's drivers ask the coprocessor at each
 * read.
 *
 * <p>A question about a card takes the way of any of its queues that works. Up to 6.15 the kernel
 * keeps the last answer and shows it while the card or queue is offline; since 6.16 there is no
 * answer then. Called with the kernel's lock held.
 *
 * <p>Source: Linux 6.1 and 6.12 zcrypt_cex4.c and zcrypt_cex2c.c for the texts, zcrypt_ccamisc.c
 * ({@code cca_get_info}) and zcrypt_ep11misc.c ({@code ep11_get_card_info}, {@code
 * ep11_get_domain_info}) for who is asked when, zcrypt_api.c ({@code _zcrypt_send_cprb}) for who
 * answers.
 */
final class Coprocessors {
  private final ApInstructions hardware;
  private final ApBus bus;
  private final boolean keeps;
  private final List<OperationMode> knownModes;
  private final Map<Integer, CardInfo> cards = new HashMap<>();
  private final Map<Apqn, QueueInfo> queues = new HashMap<>();

  Coprocessors(ApBus bus) {
    this.bus = bus;
    hardware = bus.hardware();
    KernelProfile profile = bus.kernel().profile();
    keeps = !profile.has(KernelRules.FRESH_COPROCESSOR_INFO);
    knownModes =
        Stream.of(OperationMode.values())
            .filter(mode -> profile.has(KernelRules.MORE_EP11_MODES) || !isNewer(mode))
            .toList();
  }

  private static boolean isNewer(OperationMode mode) {
    return switch (mode) {
      case FIPS2009, BSI2009, FIPS2011, BSI2011, BSICC2017 -> false;
      case SIGG_IMPORT, SIGG, FIPS2021, FIPS2024 -> true;
    };
  }

  /** {@code serialnr} of a CCA card. */
  String ccaSerial(ApCard card) {
    return ccaCard(card).map(CardInfo::serial).orElse("");
  }

  /** A failed question leaves nothing of what was kept. */
  private Optional<CardInfo> ccaCard(ApCard card) {
    Optional<CardInfo> kept = Optional.ofNullable(cards.get(card.id().number()));
    if (kept.isPresent() && !card.online()) {
      return kept;
    }
    return ask(card, "serialnr");
  }

  private Optional<CardInfo> ask(ApCard card, String attribute) {
    int adapter = card.id().number();
    boolean interrupted = hardware.faults().interrupts(card.name(), attribute);
    Optional<CardInfo> answer =
        interrupted || !reaches(card) ? Optional.empty() : hardware.askAboutCard(adapter);
    answer.filter(any -> keeps).ifPresent(info -> cards.put(adapter, info));
    return answer;
  }

  /** zcrypt_cex2c.c takes the way of the default domain alone. */
  private boolean reaches(ApCard card) {
    int chosen = bus.settings().domain();
    return card.queues().stream()
        .anyMatch(q -> (card.type().hasModes() || q.domain() == chosen) && reaches(q));
  }

  /** {@code _zcrypt_send_cprb}: the masks limit the drivers' own questions, too. */
  private boolean reaches(ApQueue queue) {
    ApDriver driver = queue.driver();
    return driver != null
        && driver.isDefault()
        && isUp(queue.card())
        && isUp(queue)
        && bus.masks().adapters().has(queue.adapter())
        && bus.masks().domains().has(queue.domain())
        && !queue.hasFailed()
        && !queue.isResetting()
        && hardware.test(queue.adapter(), queue.domain()) == ResponseCode.NORMAL;
  }

  private static boolean isUp(ApDevice device) {
    return device.online() && device.configured() && !device.checkstopped();
  }

  /** {@code serialnr} of an EP11 card. */
  String ep11Serial(ApCard card) {
    String serial = ep11Card(card, "serialnr").serial();
    return serial.isEmpty() ? "" : String.format("%16.16s", serial);
  }

  /** {@code API_ordinalnr}. */
  String apiOrdinal(ApCard card) {
    long number = ep11Card(card, "API_ordinalnr").apiOrdinal();
    return number > 0 ? Long.toString(number) : "";
  }

  /** {@code FW_version}. */
  String firmware(ApCard card) {
    CardInfo info = ep11Card(card, "FW_version");
    return info.firmware() > 0 ? info.firmwareText() : "";
  }

  /** {@code op_modes} of a card. */
  String cardModes(ApCard card) {
    return text(ep11Card(card, "op_modes").modes());
  }

  private String text(Set<OperationMode> modes) {
    return knownModes.stream()
        .filter(modes::contains)
        .map(OperationMode::label)
        .collect(Collectors.joining(" "));
  }

  /** A failed question leaves what was kept, once more if nobody could be asked. */
  private CardInfo ep11Card(ApCard card, String attribute) {
    CardInfo kept = cards.get(card.id().number());
    if (kept != null && !card.online()) {
      return kept;
    }
    Optional<CardInfo> answer = ask(card, attribute);
    if (answer.isEmpty() && !reaches(card)) {
      cards.remove(card.id().number());
    }
    return answer.orElse(kept == null ? CardInfo.BLANK : kept);
  }

  /** {@code mkvps} of a queue of a CCA card. */
  String ccaKeys(ApQueue queue) {
    Optional<QueueInfo> kept = Optional.ofNullable(queues.get(queue.apqn()));
    if (kept.isEmpty() || queue.online()) {
      Optional<QueueInfo> answer = ask(queue, "mkvps");
      answer.filter(any -> keeps).ifPresent(info -> queues.put(queue.apqn(), info));
      return lines(AdapterMode.CCA, answer, hasAsymmetric(queue));
    }
    return lines(AdapterMode.CCA, kept, hasAsymmetric(queue));
  }

  /** zcrypt_cex2c.c has no lines for ASYM. */
  private static boolean hasAsymmetric(ApQueue queue) {
    return queue.card().type().hasModes();
  }

  private Optional<QueueInfo> ask(ApQueue queue, String attribute) {
    boolean interrupted = hardware.faults().interrupts(queue.name(), attribute);
    return interrupted || !reaches(queue)
        ? Optional.empty()
        : hardware.askAboutQueue(queue.adapter(), queue.domain());
  }

  /** {@code mkvps} of a queue of an EP11 card; nothing is ever kept. */
  String ep11Keys(ApQueue queue) {
    return lines(AdapterMode.EP11, ask(queue, "mkvps"), true);
  }

  /** {@code op_modes} of a queue. */
  String queueModes(ApQueue queue) {
    return text(ask(queue, "op_modes").orElse(QueueInfo.BLANK).modes());
  }

  private static String lines(AdapterMode mode, Optional<QueueInfo> info, boolean asymmetric) {
    Function<KeyRegister, KeyValue> value =
        register -> info.map(known -> known.key(register)).orElse(KeyValue.UNKNOWN);
    return KeyRegister.of(mode).stream()
        .filter(register -> asymmetric || !register.isAsymmetric())
        .map(register -> register.line(value.apply(register)) + "\n")
        .collect(Collectors.joining());
  }
}
