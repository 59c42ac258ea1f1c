package org.vfioap.processor;

import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;

/**
 * What PQAP(QCI) stores, and the facility bits that STFLE does.
 *
 * <p>Source: Linux 6.12 arch/s390/include/asm/ap.h, struct ap_config_info; ap_bus.c for the
 * facilities 12 (QCI), 15 (APFT) and 65 (APQI).
 */
final class ConfigurationBlock {
  static final int LENGTH = 128;

  private static final int MASK_LENGTH = 32;
  private static final int ADAPTERS = 16;
  private static final int DOMAINS = 48;
  private static final int CONTROL_DOMAINS = 80;

  private ConfigurationBlock() {}

  static byte[] of(ApInstructions hardware, ApConfig config) {
    byte[] block = new byte[LENGTH];
    block[0] =
        (byte)
            (flag(hardware, Facility.APSC, 0x80)
                | flag(hardware, Facility.APXA, 0x40)
                | flag(hardware, Facility.QACT, 0x20)
                | flag(hardware, Facility.RC8A, 0x10));
    block[1] = (byte) flag(hardware, Facility.APSB, 0x80);
    block[4] = (byte) (config.extendedAddressing() ? config.maxAdapter() : 0);
    block[5] = (byte) (config.extendedAddressing() ? config.maxDomain() : 0);
    put(block, ADAPTERS, config.adapters());
    put(block, DOMAINS, config.domains());
    put(block, CONTROL_DOMAINS, config.controlDomains());
    return block;
  }

  private static int flag(ApInstructions hardware, Facility facility, int bit) {
    return hardware.has(facility) ? bit : 0;
  }

  private static void put(byte[] block, int offset, ApMask mask) {
    System.arraycopy(mask.bytes(), 0, block, offset, MASK_LENGTH);
  }

  /** Returns the bits that the AP facilities add to what STFLE stores, bit 0 leftmost. */
  static byte[] facilities(ApInstructions hardware) {
    byte[] bits = new byte[MASK_LENGTH];
    set(bits, 12, hardware.has(Facility.QCI));
    set(bits, 15, hardware.has(Facility.APFT));
    set(bits, 65, hardware.has(Facility.APQI));
    return bits;
  }

  private static void set(byte[] bits, int number, boolean on) {
    if (on) {
      bits[number / 8] |= (byte) (0x80 >> number % 8);
    }
  }
}
