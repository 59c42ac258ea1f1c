package org.vfioap.ap;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The hardware type of an adapter, as TAPQ reports it.
 *
 * <p>Source: Linux 6.1 drivers/s390/crypto/ap_bus.h and arch/s390/include/asm/ap.h.
 */
public enum AdapterType {
  CEX2A(6),
  CEX2C(7),
  CEX3A(8),
  CEX3C(9),
  CEX4(10),
  CEX5(11),
  CEX6(12),
  CEX7(13),
  CEX8(14),
  /** A type that the emulated kernels do not know; QACT may map it to CEX8. */
  NEWER(15);

  private final int number;

  AdapterType(int number) {
    this.number = number;
  }

  /** Returns the number in {@code hwtype}. */
  public int number() {
    return number;
  }

  /**
   * Returns the type with this number.
   *
   * @throws IllegalArgumentException outside 6 to 15
   */
  public static AdapterType of(int number) {
    if (number < CEX2A.number || number > NEWER.number) {
      throw new IllegalArgumentException("adapter type " + number + " is not within 6 to 15");
    }
    return values()[number - CEX2A.number];
  }

  /** Tells whether TAPQ's function bits say what the adapter can do: CEX4 and newer. */
  public boolean hasModes() {
    return number >= CEX4.number;
  }

  /**
   * Returns the only mode of an adapter before CEX4.
   *
   * @throws IllegalStateException for CEX4 and newer, which have modes to choose from
   */
  public AdapterMode fixedMode() {
    return switch (this) {
      case CEX2A, CEX3A -> AdapterMode.ACCELERATOR;
      case CEX2C, CEX3C -> AdapterMode.CCA;
      default -> throw new IllegalStateException(this + " has several modes");
    };
  }

  /**
   * Finds a type by its name, {@code CEX5}, in any case.
   *
   * @throws IllegalArgumentException for any other text; the message lists the names
   */
  public static AdapterType parse(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      String names = Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          "unknown adapter type '" + name + "'; known are " + names, e);
    }
  }
}
