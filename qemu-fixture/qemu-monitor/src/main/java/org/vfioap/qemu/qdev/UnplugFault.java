package org.vfioap.qemu.qdev;

import java.time.Duration;
import java.util.Optional;

/**
 * What goes wrong when a device is unplugged.
 *
 * @param kind what it is
 * @param delay how much later DEVICE_DELETED comes, for {@link Kind#DELAY}
 * @param text why device_del is refused, for {@link Kind#REFUSE}
 */
public record UnplugFault(Kind kind, Duration delay, String text) {
  /** Nothing goes wrong. */
  public static final UnplugFault NONE = new UnplugFault(Kind.NONE, Duration.ZERO, "");

  /** The device stays, and DEVICE_UNPLUG_GUEST_ERROR follows the answer. */
  public static final UnplugFault REJECT = new UnplugFault(Kind.REJECT, Duration.ZERO, "");

  private static final int MOST_DIGITS = 8;

  /** Returns a fault that needs no more than its kind. */
  public static UnplugFault of(Kind kind) {
    return new UnplugFault(kind, Duration.ZERO, "");
  }

  /** Returns a refusal of device_del in these words. */
  public static UnplugFault refusing(String text) {
    return new UnplugFault(Kind.REFUSE, Duration.ZERO, text);
  }

  /** Returns a fault with which DEVICE_DELETED comes that much later. */
  public static UnplugFault delaying(Duration delay) {
    return new UnplugFault(Kind.DELAY, delay, "");
  }

  /** The faults. */
  public enum Kind {
    /** None. */
    NONE,
    /** The device stays, and DEVICE_UNPLUG_GUEST_ERROR follows the answer. */
    REJECT,
    /** The device stays, and no event comes. */
    IGNORE,
    /** The device goes, but nobody is told. */
    LOSE,
    /** The device goes, but DEVICE_DELETED comes later. */
    DELAY,
    /** device_del is refused. */
    REFUSE
  }

  /**
   * Reads {@code reject}, {@code ignore}, {@code lose}, {@code delay MILLISECONDS} (up to eight
   * digits) or {@code refuse TEXT}; empty if the line is none of them.
   */
  public static Optional<UnplugFault> parse(String line) {
    String[] words = line.strip().split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "reject" -> alone(Kind.REJECT, rest);
      case "ignore" -> alone(Kind.IGNORE, rest);
      case "lose" -> alone(Kind.LOSE, rest);
      case "delay" -> delayed(rest);
      case "refuse" -> refused(rest);
      default -> Optional.empty();
    };
  }

  /** Returns what happens, in words. */
  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "nothing goes wrong";
      case REJECT -> "rejected by the guest";
      case IGNORE -> "ignored by the guest";
      case LOSE -> "the event is lost";
      case DELAY -> "the event comes " + delay.toMillis() + " ms later";
      case REFUSE -> "refused: " + text;
    };
  }

  private static Optional<UnplugFault> alone(Kind kind, String rest) {
    return rest.isEmpty()
        ? Optional.of(new UnplugFault(kind, Duration.ZERO, ""))
        : Optional.empty();
  }

  private static Optional<UnplugFault> delayed(String rest) {
    return rest.matches("[0-9]{1," + MOST_DIGITS + "}")
        ? Optional.of(new UnplugFault(Kind.DELAY, Duration.ofMillis(Long.parseLong(rest)), ""))
        : Optional.empty();
  }

  private static Optional<UnplugFault> refused(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new UnplugFault(Kind.REFUSE, Duration.ZERO, text));
  }
}
