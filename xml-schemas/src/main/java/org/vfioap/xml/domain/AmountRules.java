package org.vfioap.xml.domain;

import java.math.BigInteger;
import java.util.Optional;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.verdict.LibvirtError;

/** What libvirt checks in amounts of memory. */
final class AmountRules {
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger KIB = BigInteger.valueOf(1024);
  private static final BigInteger ROUNDING = BigInteger.valueOf(1023);

  private AmountRules() {}

  static void checkMemory(XmlElement domain) {
    domain.first("memory").ifPresent(memory -> check(memory, "./memory[1]"));
  }

  static void checkMemtune(XmlElement domain) {
    domain
        .first("memtune")
        .flatMap(memtune -> memtune.first("hard_limit"))
        .ifPresent(limit -> check(limit, "./memtune/hard_limit[1]"));
  }

  private static void check(XmlElement amount, String path) {
    String text = amount.text();
    if (text.isEmpty()) {
      return;
    }
    Optional<BigInteger> number = number(text);
    if (number.isEmpty()) {
      throw amount
          .refusal(
              LibvirtError.XML_ERROR,
              "Invalid value '" + text + "' for element or attribute '" + path + "'")
          .withHint("a whole number, its unit in the attribute 'unit'");
    }
    String unit = amount.attribute("unit").orElse("");
    if (!unit.isEmpty() && Amount.bytesOf(unit).isEmpty()) {
      throw amount
          .refusal(LibvirtError.INVALID_ARG, "unknown suffix '" + unit + "'")
          .withHint("allowed: b, KiB, MiB, GiB, TiB, and KB, MB, GB, TB for powers of 1000");
    }
    checkSize(amount, number.get(), unit);
  }

  private static Optional<BigInteger> number(String text) {
    String digits = text.stripLeading();
    return digits.matches("\\+?[0-9]{1,30}")
        ? Optional.of(new BigInteger(digits)).filter(value -> value.bitLength() <= Long.SIZE)
        : Optional.empty();
  }

  /** libvirt counts in bytes and rounds up to KiB, both within 63 bits. */
  private static void checkSize(XmlElement amount, BigInteger number, String unit) {
    BigInteger bytes = number.multiply(Amount.bytesOf(unit.isEmpty() ? "KiB" : unit).orElseThrow());
    if (bytes.compareTo(LARGEST) > 0) {
      throw amount.refusal(LibvirtError.OVERFLOW, "value too large: " + number + unit);
    }
    if (bytes.compareTo(LARGEST.subtract(ROUNDING)) > 0
        && !bytes.mod(KIB).equals(BigInteger.ZERO)) {
      throw amount.refusal(LibvirtError.OVERFLOW, "size value too large");
    }
  }

  static void checkMemoryIsGiven(XmlElement domain) {
    String text = DomainRules.text(domain, "memory").strip();
    boolean inNuma = domain.first("cpu").flatMap(cpu -> cpu.first("numa")).isPresent();
    if ((text.isEmpty() || text.matches("\\+?0+")) && !inNuma) {
      throw domain.refusal(
          LibvirtError.XML_ERROR,
          "Memory size must be specified via <memory> or in the <numa> configuration");
    }
  }
}
