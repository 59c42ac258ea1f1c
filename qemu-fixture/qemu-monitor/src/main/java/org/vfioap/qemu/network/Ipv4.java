package org.vfioap.qemu.network;

import java.util.OptionalLong;

/** IPv4 addresses as {@code inet_aton} reads them, as unsigned 32 bits. */
final class Ipv4 {
  private static final long ALL = 0xFFFFFFFFL;

  private Ipv4() {}

  static OptionalLong parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > 4) {
      return OptionalLong.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      OptionalLong part = part(parts[i], last ? ALL >>> (8 * i) : 0xFF);
      if (part.isEmpty()) {
        return OptionalLong.empty();
      }
      address |= last ? part.getAsLong() : part.getAsLong() << (24 - 8 * i);
    }
    return OptionalLong.of(address);
  }

  private static OptionalLong part(String text, long most) {
    if (!text.matches("0[xX][0-9a-fA-F]{1,8}|[0-9]{1,11}")) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.decode(text);
      return value <= most ? OptionalLong.of(value) : OptionalLong.empty();
    } catch (NumberFormatException notOctal) {
      return OptionalLong.empty();
    }
  }

  static String format(long address) {
    return (address >> 24 & 0xFF)
        + "."
        + (address >> 16 & 0xFF)
        + "."
        + (address >> 8 & 0xFF)
        + "."
        + (address & 0xFF);
  }

  /** Returns the mask of an address that names none. Source: net/slirp.c of QEMU 7.2. */
  static long usualMask(long address) {
    if ((address & 0x80000000L) == 0) {
      return 0xFF000000L;
    }
    if ((address & 0xFFF00000L) == 0xAC100000L) {
      return 0xFFF00000L;
    }
    if ((address & 0xC0000000L) == 0x80000000L || (address & 0xFFFF0000L) == 0xC0A80000L) {
      return 0xFFFF0000L;
    }
    if ((address & 0xFFFF0000L) == 0xC6120000L) {
      return 0xFFFE0000L;
    }
    return (address & 0xE0000000L) == 0xE0000000L ? 0xFFFFFF00L : 0xFFFFFFF0L;
  }

  /** Returns the mask with {@code bits} leading ones. */
  static long mask(int bits) {
    return ALL << (32 - bits) & ALL;
  }
}
