package org.vfioap.place;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.Fault;
import org.vfioap.ap.Faults;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.OperationMode;
import org.vfioap.sysfs.SysfsTree;

/** Changes of what coprocessors answer, and of which files are at fault, in words. */
final class CoprocessorChange {
  static final String SERIALNR = "serialnr";
  static final String API_ORDINALNR = "api-ordinalnr";
  static final String FW_VERSION = "fw-version";
  static final String OP_MODES = "op-modes";
  static final String MKVPS = "mkvps";

  /** A register, with the colon that it has in mkvps or without it, and what it says. */
  private static final Pattern KEY = Pattern.compile("(\\w+\\s+\\w+)\\s*:?\\s+(.+)");

  private CoprocessorChange() {}

  /** Returns the change of what adapters answer, empty if the word names none. */
  static Optional<Consumer<ApHardware>> ofAdapters(ApMask numbers, String word, String value) {
    return switch (word) {
      case SERIALNR ->
          Optional.of(
              cards(numbers, false, (i, mode) -> i.withSerial(CardInfo.serial(value, mode))));
      case API_ORDINALNR -> {
        long ordinal = CardInfo.apiOrdinal(value);
        yield Optional.of(cards(numbers, true, (info, mode) -> info.withApiOrdinal(ordinal)));
      }
      case FW_VERSION -> {
        int version = CardInfo.firmware(value);
        yield Optional.of(cards(numbers, true, (info, mode) -> info.withFirmware(version)));
      }
      case OP_MODES -> {
        Set<OperationMode> modes = modes(value);
        yield Optional.of(cards(numbers, true, (info, mode) -> info.withModes(modes)));
      }
      default -> Optional.empty();
    };
  }

  private interface CardChange {
    CardInfo change(CardInfo info, AdapterMode mode);
  }

  private static Consumer<ApHardware> cards(ApMask numbers, boolean ep11, CardChange change) {
    return hardware -> {
      numbers.stream().forEach(number -> require(hardware, number, ep11));
      numbers.stream().forEach(number -> card(hardware, number, change));
    };
  }

  private static void card(ApHardware hardware, int number, CardChange change) {
    AdapterMode mode = hardware.describe(number).mode();
    UnaryOperator<CardInfo> changed = info -> change.change(info, mode);
    hardware.cardInfo(AdapterId.of(number), changed);
  }

  private static void require(ApHardware hardware, int number, boolean ep11) {
    AdapterMode mode = hardware.describe(number).mode();
    if (mode == AdapterMode.ACCELERATOR || (ep11 && mode != AdapterMode.EP11)) {
      throw new IllegalArgumentException(
          "adapter "
              + number
              + " is of mode "
              + mode.label()
              + "; allowed: "
              + (ep11 ? "adapters of mode ep11" : "coprocessors, of mode cca or ep11"));
    }
  }

  private static Set<OperationMode> modes(String text) {
    return Arrays.stream(text.split("[ ,]+", -1))
        .filter(word -> !word.isEmpty())
        .map(OperationMode::parse)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the change of what is said of a domain, empty if the word names none. */
  static Optional<Consumer<ApHardware>> ofQueue(Apqn apqn, String word, String value) {
    return switch (word) {
      case MKVPS -> Optional.of(hardware -> setKey(hardware, apqn, value));
      case OP_MODES -> {
        Set<OperationMode> modes = modes(value);
        yield Optional.of(
            hardware -> {
              require(hardware, apqn.adapter().number(), true);
              hardware.queueInfo(apqn, info -> info.withModes(modes));
            });
      }
      default -> Optional.empty();
    };
  }

  private static void setKey(ApHardware hardware, Apqn apqn, String text) {
    Matcher matcher = KEY.matcher(text);
    AdapterMode mode = hardware.describe(apqn.adapter().number()).mode();
    String name = matcher.matches() ? matcher.group(1).replaceAll("\\s+", " ") : text;
    KeyRegister register = KeyRegister.parse(name, mode);
    hardware.queueInfo(apqn, info -> info.with(register, register.value(matcher.group(2))));
  }

  /** Returns the change that {@code fault DEVICE FILE none|FAULT} asks for. */
  static Consumer<ApHardware> ofFault(List<String> words) {
    Faults.Place place = Faults.Place.of(words.get(0), words.get(1));
    String text = String.join(" ", words.subList(2, words.size()));
    if (text.equals("none")) {
      return hardware -> hardware.faults().clear(place);
    }
    Fault fault = Fault.parse(text).at(place);
    return hardware -> hardware.faults().set(place, fault);
  }

  /** Refuses a file that a device does not have; the device itself may come later. */
  static void checkFile(SysfsTree sysfs, List<String> words) {
    String device = "/sys/bus/ap/devices/" + words.get(0);
    if (sysfs.exists(device) && !sysfs.exists(device + "/" + words.get(1))) {
      throw new IllegalArgumentException(
          words.get(0)
              + " has no file '"
              + words.get(1)
              + "'; allowed: "
              + String.join(", ", sysfs.list(device)));
    }
  }
}
