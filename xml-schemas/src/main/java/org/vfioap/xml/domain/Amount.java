package org.vfioap.xml.domain;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlValue;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An amount of memory: {@code <memory unit='MiB'>512</memory>}. Immutable.
 *
 * <p>Without a unit it is KiB. Units are {@code b}, {@code bytes}, and {@code k}, {@code KiB}
 * (1024) or {@code KB} (1000), likewise M, G, T, P and E, in either case. Source: virScaleInteger
 * of src/util/virutil.c, libvirt 9.0.
 */
@XmlAccessorType(XmlAccessType.FIELD)
public final class Amount {
  private static final String PREFIXES = "kmgtpe";
  private static final BigInteger KIB = BigInteger.valueOf(1024);

  @XmlAttribute private @Nullable String unit;
  @XmlValue private @Nullable String number;

  private Amount() {}

  /** Returns the bytes of a unit; empty if there is no such unit. */
  static Optional<BigInteger> bytesOf(String unit) {
    String name = unit.toLowerCase(Locale.ROOT);
    if (name.equals("b") || name.equals("byte") || name.equals("bytes")) {
      return Optional.of(BigInteger.ONE);
    }
    int power = name.isEmpty() ? 0 : PREFIXES.indexOf(name.charAt(0)) + 1;
    boolean binary = name.length() == 1 || name.endsWith("ib");
    boolean known = power > 0 && (name.length() == 1 || name.substring(1).matches("i?b"));
    return known
        ? Optional.of((binary ? KIB : BigInteger.valueOf(1000)).pow(power))
        : Optional.empty();
  }

  /** Tells whether there is a number. */
  boolean isWritten() {
    return !number().isEmpty();
  }

  private String number() {
    return number == null ? "" : number;
  }

  /** Returns the unit as it is written. */
  public String unit() {
    return unit == null || unit.isEmpty() ? "KiB" : unit;
  }

  /** Returns the amount in KiB, rounded up. */
  public long kib() {
    BigInteger value = new BigInteger(isWritten() ? number().strip() : "0");
    BigInteger bytes = value.multiply(bytesOf(unit()).orElseThrow());
    return bytes.add(KIB).subtract(BigInteger.ONE).divide(KIB).longValueExact();
  }

  /** Returns the number and its unit. */
  @Override
  public String toString() {
    return number + " " + unit();
  }
}
