package org.vfioap.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;
import org.vfioap.host.ApHost;

/**
 * The verb {@code hw}: changes the hardware of a machine while Linux runs, as an operator does at
 * the support element, or a fault does. Linux notices as the machine's scan policy says; the words
 * {@code scan} and {@code show} let it look now, and tell what there is.
 */
public final class HardwareVerb implements Verb {
  private static final String ALLOWED =
      """
      show
      scan
      adapter NUMBERS add [TYPE [MODE]] | remove | configure | deconfigure | checkstop | repair
      adapter NUMBERS functions BITS | serialnr TEXT | api-ordinalnr N | fw-version N.N | op-modes MODES
      domain NUMBERS add | remove
      control-domain NUMBERS add | remove
      queue CC.DDDD STATE | mkvps REGISTER STATE [PATTERN] | op-modes MODES
      fault DEVICE FILE ERRNO|interrupted [read|write] [once] | none\
      """;

  /** Creates it. */
  public HardwareVerb() {}

  @Override
  public void run(Place place, List<String> words, Answer answer) throws IOException {
    String what = words.isEmpty() ? "show" : words.get(0);
    switch (what) {
      case "show" -> show(place.hardware(), answer);
      case "scan" -> place.change(ApHost::scan);
      default -> {
        Consumer<ApHardware> change = change(words, place.hardware());
        if (what.equals("fault")) {
          CoprocessorChange.checkFile(place.host().sysfs(), words.subList(1, words.size()));
        }
        place.change(host -> host.change(change));
      }
    }
  }

  /**
   * Reads a change.
   *
   * @param words as users type them: a change of adapters, domains, a queue or a fault
   * @throws IllegalArgumentException if it is none; the message says what is allowed
   */
  public static Consumer<ApHardware> change(List<String> words, ApHardware hardware) {
    return change(words.get(0), hardware.configuration(), words.subList(1, words.size()));
  }

  /** Returns what there is as a JSON object; docs/json.md names its fields. */
  public static String describe(ApHardware hardware) {
    try {
      return HardwareObject.of(hardware);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Consumer<ApHardware> change(String what, ApConfig now, List<String> words) {
    return switch (what) {
      case "adapter" -> adapter(now, words);
      case "domain" -> domain(now, words);
      case "control-domain" -> controlDomain(now, words);
      case "queue" -> queue(now, words);
      case "fault" -> fault(words);
      default -> throw wrong("unknown change '" + what + "'");
    };
  }

  private static IllegalArgumentException wrong(String problem) {
    return new IllegalArgumentException(
        problem + "; allowed: " + ALLOWED.replace("\n", "\n  ").replaceFirst("^", "\n  "));
  }

  private static Consumer<ApHardware> adapter(ApConfig now, List<String> words) {
    require(words, 2, "say which adapter and what happens to it, as: adapter 5 remove");
    ApMask numbers = NumberList.parse("adapter", words.get(0), now.maxAdapter());
    List<String> rest = words.subList(2, words.size());
    Optional<Consumer<ApHardware>> info = info(numbers, words.get(1), String.join(" ", rest));
    if (info.isPresent()) {
      return info.get();
    }
    if (!words.get(1).equals("add") && !rest.isEmpty()) {
      throw wrong("'" + rest.get(0) + "' is one word too many");
    }
    return switch (words.get(1)) {
      case "add" -> add(numbers, rest);
      case "remove" -> hardware -> hardware.adapters(now.adapters().minus(numbers));
      case "configure" -> each(numbers, adapter -> adapter.withConfigured(true));
      case "deconfigure" -> each(numbers, adapter -> adapter.withConfigured(false));
      case "checkstop" -> each(numbers, adapter -> adapter.withCheckstopped(true));
      case "repair" -> each(numbers, adapter -> adapter.withCheckstopped(false));
      default -> throw wrong("unknown adapter action '" + words.get(1) + "'");
    };
  }

  private static Optional<Consumer<ApHardware>> info(ApMask numbers, String word, String value) {
    if (word.equals("functions")) {
      int functions = functions(value);
      return Optional.of(each(numbers, adapter -> adapter.withFunctions(functions)));
    }
    return CoprocessorChange.ofAdapters(numbers, word, value);
  }

  private static int functions(String text) {
    if (!text.matches("0[xX][0-9a-fA-F]{1,8}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not function bits; allowed: 0x0 to 0xffffffff");
    }
    return Integer.parseUnsignedInt(text.substring(2), 16);
  }

  private static Consumer<ApHardware> fault(List<String> words) {
    require(
        words, 3, "say which file of which device, and what is wrong, as: fault card05 type EIO");
    return CoprocessorChange.ofFault(words);
  }

  private static Consumer<ApHardware> add(ApMask numbers, List<String> words) {
    if (words.isEmpty()) {
      return hardware -> hardware.adapters(hardware.configuration().adapters().or(numbers));
    }
    AdapterType type = AdapterType.parse(words.get(0));
    AdapterMode mode = words.size() > 1 ? AdapterMode.parse(words.get(1)) : AdapterMode.CCA;
    require(words.subList(Math.min(2, words.size()), words.size()), 0, "");
    Adapter adapter = Adapter.of(type, mode);
    return each(numbers, before -> adapter)
        .andThen(hardware -> hardware.adapters(hardware.configuration().adapters().or(numbers)));
  }

  private static Consumer<ApHardware> each(ApMask numbers, UnaryOperator<Adapter> change) {
    return hardware -> numbers.stream().forEach(n -> hardware.adapter(AdapterId.of(n), change));
  }

  private static Consumer<ApHardware> domain(ApConfig now, List<String> words) {
    ApMask mask = changed("domain", now.domains(), now.maxDomain(), words);
    return hardware -> hardware.domains(mask);
  }

  private static Consumer<ApHardware> controlDomain(ApConfig now, List<String> words) {
    ApMask mask = changed("control-domain", now.controlDomains(), now.maxDomain(), words);
    return hardware -> hardware.controlDomains(mask);
  }

  private static ApMask changed(String what, ApMask before, int last, List<String> words) {
    require(words, 2, "say which and whether it comes or goes, as: " + what + " 4 remove");
    BinaryOperator<ApMask> change =
        switch (words.get(1)) {
          case "add" -> ApMask::or;
          case "remove" -> ApMask::minus;
          default -> throw wrong("unknown " + what + " action '" + words.get(1) + "'");
        };
    require(words.subList(2, words.size()), 0, "");
    return change.apply(before, NumberList.parse(what, words.get(0), last));
  }

  private static Consumer<ApHardware> queue(ApConfig now, List<String> words) {
    require(words, 2, "say which queue and its state, as: queue 05.0004 checkstopped");
    Apqn apqn = Apqn.parse(words.get(0));
    requireExisting(apqn, now);
    List<String> rest = words.subList(2, words.size());
    Optional<Consumer<ApHardware>> info =
        CoprocessorChange.ofQueue(apqn, words.get(1), String.join(" ", rest));
    if (info.isPresent()) {
      return info.get();
    }
    require(rest, 0, "");
    QueueState state = state(words.get(1));
    return hardware -> hardware.queue(apqn, state);
  }

  private static void requireExisting(Apqn apqn, ApConfig now) {
    if (!now.adapters().has(apqn.adapter().number())
        || !now.domains().has(apqn.domain().number())) {
      throw new IllegalArgumentException(
          String.format(
              "there is no queue %s; adapters: %s, domains: %s",
              apqn, orNone(now.adapters()), orNone(now.domains())));
    }
  }

  private static String orNone(ApMask numbers) {
    return numbers.isEmpty() ? "none" : numbers.ranges();
  }

  private static QueueState state(String word) {
    return Arrays.stream(QueueState.values())
        .filter(state -> label(state).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a queue cannot be '"
                        + word
                        + "'; allowed: "
                        + labels()
                        + ", mkvps, op-modes"));
  }

  private static String label(QueueState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String labels() {
    return Arrays.stream(QueueState.values())
        .map(HardwareVerb::label)
        .collect(Collectors.joining(", "));
  }

  /** Refuses fewer words than {@code count}, or any if it is 0. */
  private static void require(List<String> words, int count, String hint) {
    if (count == 0 && !words.isEmpty()) {
      throw wrong("'" + words.get(0) + "' is one word too many");
    }
    if (words.size() < count) {
      throw wrong(hint);
    }
  }

  static void show(ApHardware hardware, Answer answer) throws IOException {
    ApConfig now = hardware.configuration();
    for (int number : now.adapters().stream().toArray()) {
      Adapter adapter = hardware.describe(number);
      answer.line(
          String.format(
              "adapter %3d  card%02x  %-5s %-5s%s%s",
              number,
              number,
              adapter.type(),
              adapter.mode().label(),
              adapter.configured() ? "" : "  deconfigured",
              adapter.checkstopped() ? "  checkstopped" : ""));
    }
    answer.line("domains " + now.domains().ranges());
    answer.line("control domains " + now.controlDomains().ranges());
    for (var queue : hardware.troubledQueues().entrySet()) {
      answer.line("queue " + queue.getKey() + "  " + label(queue.getValue()));
    }
    for (String line : HardwareLines.ofCoprocessors(hardware)) {
      answer.line(line);
    }
  }
}
