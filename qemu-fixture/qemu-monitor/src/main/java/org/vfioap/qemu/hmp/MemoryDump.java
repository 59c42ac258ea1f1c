package org.vfioap.qemu.hmp;

import java.util.Locale;

/**
 * The commands that look at memory. The guest's memory is all zero, as a diskless guest's is before
 * it runs. Source: monitor/misc.c of QEMU 7.2.
 */
final class MemoryDump {
  private static final long HOST_ADDRESS = 0x7f0000000000L;
  private static final int INSTRUCTION = 2;

  private final long memory;

  MemoryDump(long memory) {
    this.memory = memory;
  }

  /** Prints memory from {@code address} on, in lines of 8 bytes or 16. */
  String print(DisplayFormat format, long address) {
    if (format.letter() == 'i') {
      return instructions(format.count(), address);
    }
    StringBuilder out = new StringBuilder();
    int perLine = format.size() == 1 ? 8 : 16;
    int width = format.letter() == 'c' ? 1 : format.size();
    long end = address + (long) format.count() * format.size();
    for (long line = address; line < end; line += perLine) {
      out.append(String.format(Locale.ROOT, "%016x:", line));
      if (Long.compareUnsigned(line, memory) >= 0) {
        return out.append(" Cannot access memory\n").toString();
      }
      for (long at = line; at < Math.min(line + perLine, end); at += width) {
        out.append(' ').append(format.zero());
      }
      out.append('\n');
    }
    return out.toString();
  }

  private String instructions(int count, long address) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      long at = address + (long) i * INSTRUCTION;
      if (Long.compareUnsigned(at, memory - INSTRUCTION) > 0) {
        return out.append(String.format(Locale.ROOT, "0x%08x: unable to read memory\n", at)) + "";
      }
      out.append(String.format(Locale.ROOT, "0x%08x:  0000            .byte    0x00, 0x00\n", at));
    }
    return out.toString();
  }

  /** Answers {@code gpa2hva} and {@code gpa2hpa}; {@code what} is Host virtual or Host physical. */
  String hostAddress(String what, long address) {
    String hex = "0x" + Long.toHexString(address);
    if (Long.compareUnsigned(address, memory) >= 0) {
      return "No memory is mapped at address " + hex + "\n";
    }
    String host = Long.toHexString(HOST_ADDRESS + address);
    return what + " address for " + hex + " (s390.ram) is 0x" + host + "\n";
  }

  /** Answers {@code gva2gpa}. */
  String guestAddress(long address) {
    if (Long.compareUnsigned(address, memory) >= 0) {
      return "Unmapped\n";
    }
    return "gpa: " + (address == 0 ? "0" : "0x" + Long.toHexString(address)) + "\n";
  }

  /** Answers {@code i}: no port exists, so all bits are set. */
  static String port(DisplayFormat format, long port) {
    char suffix = format.size() == 2 ? 'w' : format.size() == 4 ? 'l' : 'b';
    int digits = format.size() == 2 ? 4 : format.size() == 4 ? 8 : 2;
    return String.format(Locale.ROOT, "port%c[0x%04x] = 0x", suffix, port & 0xFFFF)
        + ("f".repeat(digits) + "\n");
  }
}
