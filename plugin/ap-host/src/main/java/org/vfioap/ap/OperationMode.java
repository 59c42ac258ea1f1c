package org.vfioap.ap;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A compliance mode that an EP11 coprocessor, or one of its domains, works in.
 *
 * <p>Ordered by the bit that says it, bit 0 rightmost. Source: Linux 6.12 zcrypt_cex4.c,
 * ep11_op_modes.
 */
public enum OperationMode {
  FIPS2009,
  BSI2009,
  FIPS2011,
  BSI2011,
  SIGG_IMPORT,
  SIGG,
  BSICC2017,
  FIPS2021,
  FIPS2024;

  /** Returns the bit that says it. */
  public long bit() {
    return 1L << Arrays.asList(values()).indexOf(this);
  }

  /** Returns the word in {@code op_modes}, such as {@code SIGG-IMPORT}. */
  public String label() {
    return name().replace('_', '-');
  }

  /**
   * Finds a mode by its word, in any case.
   *
   * @throws IllegalArgumentException for any other text; the message lists the words
   */
  public static OperationMode parse(String label) {
    return Arrays.stream(values())
        .filter(mode -> mode.label().equals(label.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "operation mode '" + label + "' is unknown; allowed: " + labels()));
  }

  /** Returns the words of all modes, separated by commas. */
  public static String labels() {
    return Arrays.stream(values()).map(OperationMode::label).collect(Collectors.joining(", "));
  }

  /** Returns the modes without their order, each once. */
  static Set<OperationMode> set(Collection<OperationMode> modes) {
    return modes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(modes));
  }
}
