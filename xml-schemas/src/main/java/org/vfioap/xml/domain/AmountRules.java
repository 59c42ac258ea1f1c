package org.vfioap.xml.domain;

import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.verdict.LibvirtError;

/** What libvirt checks in amounts of memory. */
final class AmountRules {
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
    if (!text.stripLeading().matches("\\+?[0-9]{1,19}")) {
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
